#include <stddef.h>
#include <stdint.h>

/* libFuzzer as a library: its own main is left out, and is called from Swift's. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

/* Linux: a file that lies in memory. */
int memfd_create(const char *name, unsigned int flags);
