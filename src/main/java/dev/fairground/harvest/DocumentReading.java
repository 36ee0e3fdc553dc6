package dev.fairground.harvest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.fairground.harvest.Containers.Found;
import dev.fairground.harvest.Defect.Rule;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings each document to its reader, and what comes of it to the listener. */
final class DocumentReading implements Containers.Visitor {
  /** A web page, behind an XML declaration, comments or neither. */
  private static final Pattern WEB_PAGE =
      Pattern.compile(
          "(?:\\s|<\\?xml[^>]*>|<!--(?:[^-]|-(?!->))*+-->)*+<(?:!doctype\\s+html|html)[\\s>]",
          Pattern.CASE_INSENSITIVE);

  private final List<CatalogueReader> readers;
  private final GuardedListener listener;
  private final Runnable progress;

  DocumentReading(List<CatalogueReader> readers, GuardedListener listener, Runnable progress) {
    this.readers = readers;
    this.listener = listener;
    this.progress = progress;
  }

  @Override
  public void refused(String path, Defect why) {
    listener.refused(path, why);
  }

  @Override
  public void document(Found found) {
    var notes = new Notes(found.notes());
    var content =
        new Content(
            found.text() ? Charsets.utf8(found.bytes(), notes::tell) : found.bytes(), progress);
    var start = content.beginning();
    var beginning =
        new Beginning(
            found.name(),
            found.text() ? Content.text(start) : new String(start, StandardCharsets.ISO_8859_1));
    CatalogueReader reader;
    try {
      reader = reader(beginning);
    } catch (RuntimeException | StackOverflowError mistake) {
      listener.check();
      listener.refused(found.path(), readerFailed(mistake));
      return;
    }
    if (reader == null) {
      listener.refused(found.path(), whyNone(beginning, content));
      return;
    }
    var sink =
        listener.begin(
            found.path(),
            found.name(),
            found.archived() && reader.oneRecord()
                ? CatalogueName.of(found.file())
                : CatalogueName.of(found.catalogueName()),
            reader.format());
    notes.tellTo(sink);
    if (found.text() && Endings.contradict(beginning)) {
      sink.defect(new Defect("", null, Rule.WRONG_EXTENSION, found.name()));
    }
    listener.end(read(reader, new Document(found.name(), content), content, sink));
  }

  private @Nullable CatalogueReader reader(Beginning beginning) {
    for (var reader : readers) {
      if (reader.recognises(beginning)) {
        return reader;
      }
    }
    return null;
  }

  private static Defect whyNone(Beginning beginning, Content content) {
    if (content.failure() != null) {
      return unreadable(content.failure());
    }
    if (beginning.text().isBlank() && beginning.text().length() < Beginning.LENGTH) {
      return Defect.of("", Rule.EMPTY_FILE);
    }
    return Defect.of(
        "", WEB_PAGE.matcher(beginning.text()).lookingAt() ? Rule.HTML_PAGE : Rule.NOT_A_CATALOGUE);
  }

  /** Null when the document was read to its end. */
  private @Nullable Defect read(
      CatalogueReader reader, Document document, Content content, Sink sink) {
    Defect unreadable = null;
    try {
      reader.read(document, sink);
      content.drain();
    } catch (IOException broken) {
      unreadable = unreadable(broken);
    } catch (RuntimeException | StackOverflowError mistake) {
      unreadable = readerFailed(mistake);
    }
    listener.check();
    // Whatever a library made of it: that the content broke off is the reason.
    return content.failure() == null ? unreadable : unreadable(content.failure());
  }

  private static Defect unreadable(IOException broken) {
    return switch (broken) {
      case UnreadableFile known -> defect(known.rule(), known);
      case JsonEOFException cut -> defect(Rule.TRUNCATED, cut);
      case EOFException cut -> defect(Rule.TRUNCATED, cut);
      default -> defect(Rule.SYNTAX, broken);
    };
  }

  private static Defect defect(Rule rule, IOException broken) {
    // Jackson shows the source behind its message, and a source may name persons.
    var message =
        broken instanceof JacksonException json
            ? json.getOriginalMessage() + place(json)
            : broken.getMessage();
    return new Defect("", null, rule, message);
  }

  private static String place(JacksonException json) {
    var location = json.getLocation();
    return location == null
        ? ""
        : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static Defect readerFailed(Throwable mistake) {
    return mistake instanceof StackOverflowError
        ? new Defect("", null, Rule.SYNTAX, "nested too deeply")
        : new Defect("", null, Rule.READER_FAILED, String.valueOf(mistake));
  }

  /** Keeps what is told of a document until it has begun. */
  private static final class Notes {
    private final List<Defect> waiting;
    private @Nullable Sink sink;

    Notes(List<Defect> known) {
      waiting = new ArrayList<>(known);
    }

    void tell(Defect note) {
      if (sink == null) {
        waiting.add(note);
      } else {
        sink.defect(note);
      }
    }

    void tellTo(Sink begun) {
      sink = begun;
      waiting.forEach(begun::defect);
      waiting.clear();
    }
  }
}
