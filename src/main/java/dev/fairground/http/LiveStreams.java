package dev.fairground.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The WebSockets and event streams that are open, to be sent away when the server ends. */
final class LiveStreams {
  private final Set<Live> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  /** One connection; called from any thread. */
  interface Live {
    /** Ends it in order: the server goes away, and the client may go on with another one. */
    void goAway();
  }

  void add(Live live) {
    open.add(live);
    if (ending) {
      live.goAway();
    }
  }

  void remove(Live live) {
    open.remove(live);
  }

  boolean isEnding() {
    return ending;
  }

  int size() {
    return open.size();
  }

  void end() {
    ending = true;
    open.forEach(Live::goAway);
  }
}
