"""A reader for each format. They all yield the same: pages of text in one plain markup."""
