/* A disk that fails, for one program: loaded before the C library (LD_PRELOAD), it counts what is written to the files
 * under a folder and lets some of it fail.
 *
 *   FAULTY_FOLDER  the folder (a path without links); everything else is left alone
 *   FAULTY_FROM    the first call that fails, counted from 1
 *   FAULTY_CALLS   how many fail from there on
 *   FAULTY_ERROR   with EIO or ENOSPC; KILL ends the program there instead, in the middle of what it writes; LIE says that all is
 *                  written, and writes noughts
 *   FAULTY_BYTES   so many bytes fit on the disk; what would make a file longer then fails with ENOSPC
 *   FAULTY_SYNC    so many milliseconds each wait for the disk takes at least, so that requests come together in groups
 *   FAULTY_READ_ONLY  a file that cannot be opened for writing (EACCES)
 *   FAULTY_ROOM    a path; once something is there, nothing fails any more
 *   FAULTY_COUNT   a file; the number of calls is written there in the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *read_only, *room;
static long long from, calls, bytes = -1, sync_ms, counted, used;
static int failing_with = EIO, has_room, lies;
static __thread int is_lie;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_open)(const char *, int, ...);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);

static long long number(const char *name, long long otherwise) {
    const char *text = getenv(name);
    return text ? atoll(text) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_open = dlsym(RTLD_NEXT, "open64");
    read_only = getenv("FAULTY_READ_ONLY");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    room = getenv("FAULTY_ROOM");
    from = number("FAULTY_FROM", 0);
    calls = number("FAULTY_CALLS", 1);
    bytes = number("FAULTY_BYTES", -1);
    sync_ms = number("FAULTY_SYNC", 0);
    const char *error = getenv("FAULTY_ERROR");
    if (error && strcmp(error, "ENOSPC") == 0) failing_with = ENOSPC;
    if (error && strcmp(error, "KILL") == 0) failing_with = 0;
    lies = error && strcmp(error, "LIE") == 0;
    folder = getenv("FAULTY_FOLDER");
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULTY_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%lld", counted);
        fclose(file);
    }
}

static int is_inside(int fd) {
    char link[64], path[PATH_MAX];
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    size_t prefix = strlen(folder);
    return length > (ssize_t)prefix && strncmp(path, folder, prefix) == 0 && path[prefix] == '/';
}

static long long size_of(int fd) {
    struct stat about;
    return fstat(fd, &about) == 0 ? about.st_size : 0;
}

/* How many of `length` bytes may be written so that the file ends at `end`; -1, and errno, for a failure. */
static long long allow(int fd, long long length, long long end) {
    is_lie = 0;
    if (!is_inside(fd)) return length;
    pthread_mutex_lock(&lock);
    long long allowed = length;
    int before = errno;
    counted++;
    if (!has_room && room && access(room, F_OK) == 0) has_room = 1;
    if (!has_room) {
        long long growth = end - size_of(fd);
        if (from > 0 && counted >= from && lies) {
            is_lie = 1;
        } else if (from > 0 && counted >= from && failing_with == 0) {
            /* Half of it is written, and the next call is not lived to see. */
            if (counted > from || length < 2) raise(SIGKILL);
            allowed = length / 2;
        } else if (from > 0 && counted >= from && counted - from < calls) {
            allowed = -1;
            errno = failing_with;
        } else if (bytes >= 0 && growth > 0) {
            if (growth > bytes - used) growth = bytes - used;
            long long missing = end - size_of(fd) - growth;
            allowed = length - missing;
            if (missing > 0 && allowed <= 0) {
                allowed = -1;
                errno = ENOSPC;
            } else {
                used += growth;
            }
        }
    }
    if (allowed >= 0) errno = before;
    pthread_mutex_unlock(&lock);
    return allowed;
}

ssize_t write(int fd, const void *data, size_t length) {
    off_t at = lseek(fd, 0, SEEK_CUR);
    long long allowed = allow(fd, length, at < 0 ? 0 : at + (long long)length);
    if (is_lie) {
        void *noughts = calloc(1, length);
        ssize_t written = noughts ? real_write(fd, noughts, length) : -1;
        free(noughts);
        return written;
    }
    return allowed < 0 ? -1 : real_write(fd, data, allowed);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    long long allowed = allow(fd, length, at + (long long)length);
    return allowed < 0 ? -1 : real_pwrite(fd, data, allowed, at);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t at) {
    return pwrite(fd, data, length, at);
}

static int synced(int (*real)(int), int fd) {
    if (sync_ms > 0 && is_inside(fd)) usleep(sync_ms * 1000);
    return allow(fd, 0, 0) < 0 ? -1 : real(fd);
}

int fsync(int fd) {
    return synced(real_fsync, fd);
}

int fdatasync(int fd) {
    return synced(real_fdatasync, fd);
}

int ftruncate(int fd, off_t length) {
    long long before = size_of(fd);
    long long allowed = allow(fd, length, length);
    if (allowed < length) {
        /* A file is not made longer by a part of what was asked for. */
        if (allowed >= 0) errno = ENOSPC;
        return -1;
    }
    int answer = real_ftruncate(fd, length);
    if (answer == 0 && length < before && is_inside(fd)) {
        pthread_mutex_lock(&lock);
        used -= before - length;
        if (used < 0) used = 0;
        pthread_mutex_unlock(&lock);
    }
    return answer;
}

int ftruncate64(int fd, off_t length) {
    return ftruncate(fd, length);
}

static int opened(const char *path, int flags, mode_t mode) {
    if (read_only && (flags & O_ACCMODE) != O_RDONLY && strcmp(path, read_only) == 0) {
        errno = EACCES;
        return -1;
    }
    return real_open(path, flags, mode);
}

#define OPEN(name)                              \
    int name(const char *path, int flags, ...) { \
        va_list rest;                           \
        va_start(rest, flags);                  \
        mode_t mode = va_arg(rest, mode_t);     \
        va_end(rest);                           \
        return opened(path, flags, mode);       \
    }

OPEN(open)
OPEN(open64)
