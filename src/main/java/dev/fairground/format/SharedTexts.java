package dev.fairground.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** The texts that a workbook's cells share, by their places; on disk, because they may be many. */
final class SharedTexts implements AutoCloseable {
  private static final int CACHE_MEGABYTES = 4;
  private static final int COMMITTED = 10_000;

  private final Path file;
  private final MVStore store;
  private final MVMap<Integer, String> texts;
  private int count;

  SharedTexts() throws IOException {
    file = Files.createTempFile("fairground-texts-", ".mv");
    store =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(CACHE_MEGABYTES)
            .autoCommitDisabled()
            .open();
    store.setRetentionTime(0);
    texts = store.openMap("texts");
  }

  void add(String text) {
    texts.append(count++, text);
    if (count % COMMITTED == 0) {
      store.commit();
    }
  }

  String get(int place) {
    var text = texts.get(place);
    return text == null ? "" : text;
  }

  @Override
  public void close() throws IOException {
    store.closeImmediately();
    Files.deleteIfExists(file);
  }
}
