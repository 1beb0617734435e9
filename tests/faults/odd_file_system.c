/* A file system that lacks something, for one program: loaded before the C library (LD_PRELOAD), it refuses under a folder what
 * a stick, a network drive or a FUSE mount may refuse. What else is done there is left alone.
 *
 *   ODD_FOLDER  the folder (a path without links)
 *   ODD_LACKS   words: "shared-memory" (no mapping of SQLite's -shm), "locks" (an NFS without its lock service), "modes" (FAT and
 *               exFAT know no owners), "folder-sync" (a folder cannot be synced), "links" (no second name for a file)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int lacks(const char *what) {
    const char *all = getenv("ODD_LACKS");
    return all && strstr(all, what) != NULL;
}

static int is_below(const char *path) {
    const char *folder = getenv("ODD_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* The path of an open file, and whether it is there. */
static int is_open_there(int fd, char path[PATH_MAX]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int is_there(int fd) {
    char path[PATH_MAX];
    return is_open_there(fd, path);
}

static int is_shared_memory(int flags, int fd) {
    char path[PATH_MAX];
    if (!(flags & MAP_SHARED) || fd < 0 || !is_open_there(fd, path)) return 0;
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, "-shm") == 0;
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t from) {
    if (lacks("shared-memory") && is_shared_memory(flags, fd)) {
        errno = ENODEV;
        return MAP_FAILED;
    }
    return NEXT(mmap)(at, length, protection, flags, fd, from);
}

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off_t from) {
    return mmap(at, length, protection, flags, fd, from);
}

int flock(int fd, int operation) {
    if (lacks("locks") && is_there(fd)) {
        errno = ENOLCK;
        return -1;
    }
    return NEXT(flock)(fd, operation);
}

static int controlled(int fd, int command, void *value) {
    int locks = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;
    if (locks && lacks("locks") && is_there(fd)) {
        errno = ENOLCK;
        return -1;
    }
    return NEXT(fcntl)(fd, command, value);
}

#define CONTROL(name)                          \
    int name(int fd, int command, ...) {       \
        va_list rest;                          \
        va_start(rest, command);               \
        void *value = va_arg(rest, void *);    \
        va_end(rest);                          \
        return controlled(fd, command, value); \
    }

CONTROL(fcntl)
CONTROL(fcntl64)

static int refuse(int error) {
    errno = error;
    return -1;
}

int chmod(const char *path, mode_t mode) {
    return lacks("modes") && is_below(path) ? refuse(EPERM) : NEXT(chmod)(path, mode);
}

int fchmod(int fd, mode_t mode) {
    return lacks("modes") && is_there(fd) ? refuse(EPERM) : NEXT(fchmod)(fd, mode);
}

int fsync(int fd) {
    struct stat about;
    int refused = lacks("folder-sync") && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode) && is_there(fd);
    return refused ? refuse(EINVAL) : NEXT(fsync)(fd);
}

int link(const char *from, const char *to) {
    return lacks("links") && is_below(to) ? refuse(EPERM) : NEXT(link)(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    return lacks("links") && is_below(to) ? refuse(EPERM) : NEXT(linkat)(from_folder, from, to_folder, to, flags);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags) {
    int refused = lacks("links") && flags != 0 && is_below(to);
    return refused ? refuse(EINVAL) : NEXT(renameat2)(from_folder, from, to_folder, to, flags);
}
