"""What readers are shown of pages, beside their own words: lists, search, facts, dates, the way to them."""
