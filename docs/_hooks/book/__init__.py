"""What the site says: pages, rules, snippets and errors, read from files and checked.

Pure: it knows nothing about MkDocs, pytest or the look of a page.
"""
