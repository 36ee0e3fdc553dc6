package dev.fairground.harvest;

import org.jspecify.annotations.Nullable;

/** Who is told what the files hold, document by document. */
public interface HarvestListener {
  Sink begin(String path, String name, String catalogue, String format);

  void end(@Nullable Defect unreadable);

  void refused(String path, Defect why);

  void progress(long bytes, long total);
}
