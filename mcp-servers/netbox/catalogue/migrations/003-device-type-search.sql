create virtual table device_type_search using fts5 (words, keys, tokenize = 'unicode61', prefix = '1 2 3 4');
