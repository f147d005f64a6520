// The pool of worker threads. A job is a number of tickets, one for each thread that may take part; whoever
// takes a ticket, the caller or a worker, then takes parts until none is left. Workers that find no ticket
// spin for some microseconds, for training steps call in quick succession, and then sleep.

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "ChainruleKernels.h"

#define MOST_WORKERS 255
#define SPINS 4000  // about 50 µs

static struct {
  // Written by the caller before the tickets are there, read only by who took a ticket.
  void (*body)(void *context, size_t part);
  void *context;
  size_t parts;

  _Atomic(size_t) next;       // the next part to take
  _Atomic(int) tickets;       // tickets not yet taken
  _Atomic(int) unfinished;    // tickets taken or not, whose parts are not all done
  _Atomic(int) sleepers;      // workers waiting for `wake`
  pthread_mutex_t sleep;      // guards the decision to sleep
  pthread_cond_t wake;
  pthread_mutex_t busy;       // held by the one caller who has the workers
  int workers;                // guarded by `busy`
} pool = {.sleep = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER, .busy = PTHREAD_MUTEX_INITIALIZER};

static _Thread_local bool inside;  // this thread is working on a part

static inline void pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static bool take_ticket(void) {
  int left = atomic_load(&pool.tickets);
  while (left > 0) {
    if (atomic_compare_exchange_weak(&pool.tickets, &left, left - 1)) return true;
  }
  return false;
}

static void use_ticket(void) {
  size_t part;
  inside = true;
  while ((part = atomic_fetch_add(&pool.next, 1)) < pool.parts) pool.body(pool.context, part);
  inside = false;
  atomic_fetch_sub(&pool.unfinished, 1);
}

static void sleep_until_tickets(void) {
  pthread_mutex_lock(&pool.sleep);
  atomic_fetch_add(&pool.sleepers, 1);
  while (atomic_load(&pool.tickets) == 0) pthread_cond_wait(&pool.wake, &pool.sleep);
  atomic_fetch_sub(&pool.sleepers, 1);
  pthread_mutex_unlock(&pool.sleep);
}

static void *work(void *unused) {
  for (int spins = 0;; spins++) {
    if (take_ticket()) {
      use_ticket();
      spins = 0;
    } else if (spins < SPINS) {
      pause();
    } else {
      sleep_until_tickets();
    }
  }
  return unused;
}

// Makes sure that so many workers exist, or as many as the system gives: the caller does what they do not.
static void hire(int wanted) {
  if (wanted > MOST_WORKERS) wanted = MOST_WORKERS;
  for (; pool.workers < wanted; pool.workers++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, NULL) != 0) return;
    pthread_detach(thread);
  }
}

static void publish(int tickets) {
  atomic_store(&pool.next, 0);
  atomic_store(&pool.unfinished, tickets);
  atomic_store(&pool.tickets, tickets);
  if (atomic_load(&pool.sleepers) > 0) {
    pthread_mutex_lock(&pool.sleep);
    pthread_cond_broadcast(&pool.wake);
    pthread_mutex_unlock(&pool.sleep);
  }
}

// Takes back the tickets nobody has used and waits for the others.
static void finish(void) {
  atomic_fetch_sub(&pool.unfinished, atomic_exchange(&pool.tickets, 0));
  for (int spins = 0; atomic_load(&pool.unfinished) > 0; spins++) {
    if (spins < SPINS) pause();
    else sched_yield();
  }
}

void ck_parallel(size_t parts, int threads, void (*body)(void *context, size_t part), void *context) {
  if ((size_t)threads > parts) threads = (int)parts;
  if (threads <= 1 || inside || pthread_mutex_trylock(&pool.busy) != 0) {
    for (size_t part = 0; part < parts; part++) body(context, part);
    return;
  }
  hire(threads - 1);
  pool.body = body;
  pool.context = context;
  pool.parts = parts;
  publish(threads);
  if (take_ticket()) use_ticket();
  finish();
  pthread_mutex_unlock(&pool.busy);
}
