"""The site: static pages of every published day, made from nothing but its ``report.json``."""
