"""Make .venv ready for work on the code: the toolkit as it stands here, and what its checks need."""

import _venv

if __name__ == "__main__":
    _venv.prepare("run", "test")
