/* The one call of SQLite that Swift cannot make, because the function is variadic. */
int sqlite3_config(int, ...);

/* SQLITE_CONFIG_MEMSTATUS is 9. Before the first connection; later it answers an error and changes nothing. */
static inline int sqlite_without_memory_statistics(void) { return sqlite3_config(9, 0); }
