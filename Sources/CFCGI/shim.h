// libfcgi's interface, and what Swift's Glibc module leaves out of Linux: accept4, epoll, eventfd, environ; and
// lstat, whose struct Swift finds now in one module, now in another.
#include <fcgiapp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>

static inline int gatehouse_accept4(int listener, int flags) {
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(listener, 0, 0, flags);
}

static inline char **gatehouse_environ(void) {
    extern char **environ;
    return environ;
}

static inline int gatehouse_is_socket(const char *path) {
    struct stat file;
    return lstat(path, &file) == 0 && S_ISSOCK(file.st_mode);
}
