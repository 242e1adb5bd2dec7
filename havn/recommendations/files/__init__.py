"""Factsheets as files: HTML, Word and PDF out of a document, and Markdown, HTML and Word read into one."""
