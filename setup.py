"""Finds the packages; setup.cfg can look in one place only, and two folders stand beside toolkit/."""

from setuptools import find_packages, setup

inside = find_packages(include=["toolkit", "toolkit.*"])
beside = find_packages(include=["templates", "templates.*", "workbooks", "workbooks.*"])

setup(packages=[*inside, *(f"toolkit.{name}" for name in beside)])
