package dev.fairground;

import dev.fairground.format.ListTemplates;
import dev.fairground.http.FileDoors;
import dev.fairground.http.FileDoors.Download;
import dev.fairground.http.FileDoors.Template;
import dev.fairground.job.FileStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Hands the files of jobs to the public port, which knows nothing of jobs. */
final class JobDoors {
  private JobDoors() {}

  static FileDoors of(FileStore files, ListTemplates templates) {
    return new FileDoors(
        (viewer, id) ->
            files
                .find(viewer, id)
                .map(
                    file ->
                        file == null
                            ? null
                            : new Download(
                                file.name(),
                                file.mediaType(),
                                file.byteSize(),
                                file.digest(),
                                file.partBytes(),
                                position -> files.part(file.id(), position))),
        (viewer, name, length) -> files.begin(viewer, name, length).map(JobDoors::upload),
        (name, languages) -> {
          var template = templates.make(name, languages);
          return template == null
              ? null
              : new Template(
                  template.name(), template.mediaType(), Buffer.buffer(template.bytes()));
        });
  }

  private static FileDoors.Upload upload(FileStore.Upload upload) {
    return new FileDoors.Upload() {
      @Override
      public Future<Void> write(Buffer bytes) {
        return upload.write(bytes);
      }

      @Override
      public Future<JsonObject> end() {
        return upload.end();
      }

      @Override
      public Future<Void> abandon() {
        return upload.abandon();
      }
    };
  }
}
