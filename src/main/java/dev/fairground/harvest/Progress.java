package dev.fairground.harvest;

/** Tells how far a file has been read, four times a second. */
final class Progress implements Runnable {
  private static final long INTERVAL_NANOS = 250_000_000;

  private final Containers file;
  private final HarvestListener listener;
  private long told = System.nanoTime();

  Progress(Containers file, HarvestListener listener) {
    this.file = file;
    this.listener = listener;
  }

  @Override
  public void run() {
    var now = System.nanoTime();
    if (now - told >= INTERVAL_NANOS) {
      told = now;
      listener.progress(file.bytesRead(), file.size());
    }
  }

  /** The file is read to its end, or as far as it can be. */
  void end() {
    listener.progress(file.size(), file.size());
  }
}
