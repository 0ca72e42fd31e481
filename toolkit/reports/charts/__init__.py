"""Pictures of tables: as a vector drawing for a page, and as a chart that Word draws itself."""
