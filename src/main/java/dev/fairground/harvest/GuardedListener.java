package dev.fairground.harvest;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the listener throws apart from what a reader throws, through which it passes: the one
 * ends the run, the other is a defect of one document.
 */
final class GuardedListener implements HarvestListener {
  private final HarvestListener listener;
  private @Nullable Throwable thrown;

  GuardedListener(HarvestListener listener) {
    this.listener = listener;
  }

  /** Throws what the listener threw, if it did; a reader may have caught it. */
  void check() {
    switch (thrown) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown);
    }
  }

  @Override
  public Sink begin(String path, String name, String catalogue, String format) {
    var sink = call(() -> listener.begin(path, name, catalogue, format));
    return new Sink() {
      @Override
      public void catalogue(CatalogueFacts facts) {
        run(() -> sink.catalogue(facts));
      }

      @Override
      public void resource(HarvestedResource resource) {
        run(() -> sink.resource(resource));
      }

      @Override
      public void product(HarvestedProduct product) {
        run(() -> sink.product(product));
      }

      @Override
      public void defect(Defect defect) {
        run(() -> sink.defect(defect));
      }
    };
  }

  @Override
  public void end(@Nullable Defect unreadable) {
    run(() -> listener.end(unreadable));
  }

  @Override
  public void refused(String path, Defect why) {
    run(() -> listener.refused(path, why));
  }

  @Override
  public void progress(long bytes, long total) {
    run(() -> listener.progress(bytes, total));
  }

  private void run(Runnable call) {
    call(
        () -> {
          call.run();
          return this;
        });
  }

  private <T> T call(Supplier<T> call) {
    check();
    try {
      return call.get();
    } catch (RuntimeException | Error failure) {
      thrown = failure;
      throw failure;
    }
  }
}
