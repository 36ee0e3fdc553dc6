package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The documents in a file, unpacked: gzip, bzip2, xz, zip and tar, in each other up to three deep,
 * recognised by their first bytes. A tar that is compressed as a whole is one container. Nothing is
 * written to a disk, names of entries are only names, and all is a stream.
 *
 * <p>A zip is read by its central directory, which knows lengths and checksums of all entries; one
 * that lies in another archive, or has lost its directory, as a stream: then an entry that is
 * stored without its length in front cannot be read, and a checksum behind an entry is not
 * compared.
 */
final class Containers implements Closeable {
  /** Who is given the documents one by one. */
  interface Visitor {
    /** A document, not empty where it lies in an archive; its content is read now or never. */
    void document(Found found);

    /** What cannot be unpacked, or not on. */
    void refused(String path, Defect why);
  }

  /**
   * One document.
   *
   * @param path as in {@link HarvestListener#begin}
   * @param name without folders and endings of containers
   * @param file the file's name in its folders
   * @param catalogueName the same and the names in it, from which the catalogue's name is made
   * @param archived whether it is an entry of an archive
   * @param text false for the bytes of an office document
   * @param notes what is told of it, and of the archives that it is the first document of
   * @param bytes fail with {@link UnreadableFile} where they cannot be unpacked on
   */
  record Found(
      String path,
      String name,
      String file,
      String catalogueName,
      boolean archived,
      boolean text,
      List<Defect> notes,
      InputStream bytes) {}

  /** Unpacks a stream. */
  private interface Unpacker {
    InputStream unpack(InputStream in) throws IOException;
  }

  /** Takes the next step in an archive. */
  private interface Step<T> {
    @Nullable T take() throws IOException;
  }

  /** Where a stream lies. */
  private record Place(
      String path,
      String name,
      String catalogueName,
      int depth,
      boolean archived,
      boolean unpacked) {
    Place entry(String entry, int within) {
      return new Place(
          path + "!/" + entry,
          entry.substring(entry.lastIndexOf('/') + 1),
          catalogueName + "/" + entry,
          within,
          true,
          false);
    }

    Place unpacked(Container container) {
      return new Place(path, nameWithout(container), catalogueName, depth + 1, archived, true);
    }

    private String nameWithout(Container container) {
      var dot = name.lastIndexOf('.');
      return dot > 0 && container.hasEnding(name.substring(dot + 1).toLowerCase(Locale.ROOT))
          ? name.substring(0, dot)
          : name;
    }
  }

  private static final int MOST_DEPTH = 3;
  private static final int MOST_NAME = 400;
  private static final int BUFFER = 65_536;

  /** Of a tar: names, and what extensions of the format say of an entry. */
  private static final int MOST_HEADER = 1 << 20;

  /** Of a zip's central directory, on average: 46 bytes, the name, and what extensions add. */
  private static final int ENTRY_OF_DIRECTORY = 200;

  /** An xz of the highest preset asks for 65 MB; more is no use for a catalogue. */
  private static final int XZ_MEMORY_KB = 80_000;

  /** What operating systems put into archives. */
  private static final Set<String> LITTER = Set.of(".DS_Store", "Thumbs.db", "desktop.ini");

  private final SeekableByteChannel channel;
  private final PackedFile file;
  private final Path path;

  /** Whichever way the file was named. */
  private final String inFolders;

  private final HarvestLimits limits;
  private final Budget budget;
  private final List<Defect> notes = new ArrayList<>();
  private @Nullable UnreadableFile told;
  private int files;

  private Containers(Path path, SeekableByteChannel channel, HarvestLimits limits)
      throws IOException {
    this.path = path;
    this.inFolders = path.toAbsolutePath().normalize().toString().replace('\\', '/');
    this.channel = channel;
    this.file = new PackedFile(channel);
    this.limits = limits;
    this.budget = new Budget(limits, file);
  }

  /** Opens a file. */
  static Containers open(Path path, HarvestLimits limits) throws IOException {
    return new Containers(path, Files.newByteChannel(path), limits);
  }

  /** Bytes of the file read so far. */
  long bytesRead() {
    return file.bytesRead();
  }

  /** Bytes of the file. */
  long size() {
    return file.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * Gives the visitor each document, once.
   *
   * @throws IOException where the disk cannot be read
   */
  void each(Visitor visitor) throws IOException {
    var name = String.valueOf(path.getFileName());
    var place = new Place(path.toString(), name, inFolders, 0, false, false);
    try {
      open(Channels.newInputStream(file), place, visitor);
    } catch (UnreadableFile bomb) {
      // Told where it went off; nothing of the file is read on.
    }
    if (file.failure() != null) {
      throw file.failure();
    }
  }

  private void open(InputStream in, Place place, Visitor visitor) throws IOException {
    var bytes = new BufferedInputStream(in, BUFFER);
    var start = start(bytes);
    var container = Container.of(start);
    var depth = container == Container.TAR && place.unpacked() ? place.depth() - 1 : place.depth();
    if (container != Container.OFFICE && container != Container.NONE && depth >= MOST_DEPTH) {
      refuse(visitor, place.path(), Defect.of("", Rule.ARCHIVE_TOO_DEEP));
      return;
    }
    if (start.length > 0 && Endings.contradict(place.name(), container)) {
      var found =
          container == Container.NONE ? "not packed" : container.name().toLowerCase(Locale.ROOT);
      notes.add(new Defect("", null, Rule.WRONG_EXTENSION, place.name() + ": " + found));
    }
    switch (container) {
      case GZIP -> unpack(bytes, "gzip", GzipStream::new, place.unpacked(container), visitor);
      case BZIP2 ->
          unpack(
              bytes,
              "bzip2",
              packed -> new ByteWise(new BZip2CompressorInputStream(packed, true)),
              place.unpacked(container),
              visitor);
      case XZ ->
          unpack(
              bytes,
              "xz",
              packed -> new XZInputStream(packed, XZ_MEMORY_KB),
              place.unpacked(container),
              visitor);
      case TAR -> tar(bytes, place, depth + 1, visitor);
      case ZIP -> {
        if (depth == 0) {
          zip(place, visitor);
        } else {
          zipStream(bytes, place, visitor);
        }
      }
      case UNSUPPORTED ->
          refuse(
              visitor,
              place.path(),
              new Defect(
                  "",
                  null,
                  Rule.NOT_A_CATALOGUE,
                  "an archive of a kind that is not unpacked; gzip, bzip2, xz, zip and tar are"));
      case OFFICE, NONE -> document(bytes, place, container == Container.NONE, start, in, visitor);
    }
  }

  private void document(
      InputStream bytes,
      Place place,
      boolean text,
      byte[] start,
      InputStream source,
      Visitor visitor)
      throws IOException {
    var unpacked = source instanceof Unpacked known ? known : null;
    if (place.archived() && start.length == 0 && (unpacked == null || unpacked.failure() == null)) {
      return;
    }
    files++;
    var found =
        new Found(
            place.path(),
            Container.nameWithin(place.name()),
            inFolders,
            place.catalogueName(),
            place.archived(),
            text,
            List.copyOf(notes),
            bytes);
    notes.clear();
    visitor.document(found);
    if (unpacked != null && unpacked.failure() != null) {
      told = unpacked.failure();
    }
  }

  private void unpack(
      InputStream bytes, String container, Unpacker unpacker, Place within, Visitor visitor)
      throws IOException {
    var packed = new Packed(bytes);
    InputStream unpacked;
    try {
      unpacked = unpacker.unpack(packed);
    } catch (IOException | RuntimeException broken) {
      tell(within, Unpacked.failure(container, packed, broken), visitor);
      return;
    }
    try (unpacked) {
      open(new Unpacked(unpacked, container, packed, budget, null), within, visitor);
    }
  }

  private void tar(InputStream bytes, Place place, int depth, Visitor visitor) throws IOException {
    var packed = new Packed(bytes);
    var before = files;
    try (var tar = new TarArchiveInputStream(packed, "UTF-8")) {
      while (true) {
        var entry = step("tar", packed, () -> next(tar, packed));
        if (entry == null) {
          break;
        }
        budget.entry();
        var name = clean(entry.getName());
        if (entry.isDirectory()
            || entry.isSymbolicLink()
            || entry.isLink()
            || !entry.isFile()
            || isLitter(name)) {
          continue;
        }
        var content = new Unpacked(tar, "tar", packed, entry.isSparse() ? budget : null, null);
        open(content, place.entry(name, depth), visitor);
        if (content.failure() != null) {
          throw content.failure();
        }
      }
      tellEmpty(place, before, visitor);
    } catch (UnreadableFile unreadable) {
      tell(place, unreadable, visitor);
    }
  }

  /** The rest of the entry is no header. */
  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, Packed packed)
      throws IOException {
    while (tar.getCurrentEntry() != null && tar.skip(Long.MAX_VALUE) > 0) {
      // To its end.
    }
    packed.allow(MOST_HEADER);
    var entry = tar.getNextEntry();
    packed.allowAll();
    return entry;
  }

  private void zip(Place place, Visitor visitor) throws IOException {
    file.allow((long) ENTRY_OF_DIRECTORY * limits.entries() + BUFFER);
    ZipFile zip;
    try {
      zip = ZipFile.builder().setSeekableByteChannel(file).setIgnoreLocalFileHeader(true).get();
    } catch (IOException | RuntimeException broken) {
      if (file.overrun() != null) {
        tell(place, file.overrun(), visitor);
        return;
      }
      file.allowAll();
      file.position(0);
      var bytes = new BufferedInputStream(Channels.newInputStream(file), BUFFER);
      if (zipStream(bytes, place, visitor)) {
        refuse(
            visitor,
            place.path(),
            new Defect(
                "", null, Rule.ARCHIVE_BROKEN, "the list of the zip's entries cannot be read"));
      }
      return;
    }
    file.allowAll();
    var before = files;
    try (zip) {
      var whole = new Packed(InputStream.nullInputStream());
      for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
        budget.entry();
        var entry = entries.nextElement();
        var within = entryPlace(entry, place, zip.canReadEntryData(entry), visitor);
        if (within == null) {
          continue;
        }
        var content = step("zip", whole, () -> zip.getInputStream(entry));
        if (content != null) {
          try (content) {
            open(unpacked(content, whole, entry::getCrc), within, visitor);
          }
        }
      }
      tellEmpty(place, before, visitor);
    } catch (UnreadableFile unreadable) {
      tell(place, unreadable, visitor);
    }
  }

  /** Whether it was read to its end. */
  private boolean zipStream(InputStream bytes, Place place, Visitor visitor) throws IOException {
    var packed = new Packed(bytes);
    var before = files;
    try (var zip = new ZipArchiveInputStream(packed, "UTF-8", true, false, true)) {
      while (true) {
        var entry = step("zip", packed, zip::getNextEntry);
        if (entry == null) {
          break;
        }
        budget.entry();
        var within = entryPlace(entry, place, zip.canReadEntryData(entry), visitor);
        if (within != null) {
          var content = unpacked(zip, packed, entry::getCrc);
          open(content, within, visitor);
          if (content.failure() != null && packed.endReached()) {
            throw content.failure();
          }
        }
      }
      if (packed.endReached()) {
        throw new UnreadableFile(Rule.TRUNCATED, "the zip ends in the middle");
      }
      tellEmpty(place, before, visitor);
      return true;
    } catch (UnreadableFile unreadable) {
      tell(place, unreadable, visitor);
      return false;
    }
  }

  private Unpacked unpacked(InputStream content, Packed packed, LongSupplier crc) {
    return new Unpacked(content, "zip", packed, budget, crc);
  }

  /** Null where the entry is nothing to read, which is told where it should be. */
  private @Nullable Place entryPlace(
      ZipArchiveEntry entry, Place place, boolean readable, Visitor visitor) {
    var name = clean(name(entry));
    if (entry.isDirectory() || entry.isUnixSymlink() || isLitter(name)) {
      return null;
    }
    var within = place.entry(name, place.depth() + 1);
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      refuse(visitor, within.path(), Defect.of("", Rule.ARCHIVE_ENCRYPTED));
      return null;
    }
    if (!readable) {
      refuse(
          visitor,
          within.path(),
          new Defect("", null, Rule.ARCHIVE_BROKEN, "packed in a way that cannot be unpacked"));
      return null;
    }
    return within;
  }

  /** Archivers of other times and places wrote names in the encoding of their system. */
  private static String name(ZipArchiveEntry entry) {
    return entry.getNameSource() == ZipArchiveEntry.NameSource.NAME
        ? Charsets.text(entry.getRawName())
        : entry.getName();
  }

  private static String clean(String name) {
    var parts = new ArrayList<String>();
    for (var part : name.replaceAll("\\p{Cntrl}", "").split("[/\\\\]+")) {
      if (!part.isBlank() && !part.equals(".") && !part.equals("..") && !part.endsWith(":")) {
        parts.add(part);
      }
    }
    var clean = String.join("/", parts);
    var tooLong = clean.length() - MOST_NAME;
    return clean.isEmpty() ? "unnamed" : tooLong > 0 ? clean.substring(tooLong) : clean;
  }

  private static boolean isLitter(String name) {
    var own = name.substring(name.lastIndexOf('/') + 1);
    return name.startsWith("__MACOSX/") || own.startsWith("._") || LITTER.contains(own);
  }

  /** Runs a library between two entries: what fails there is the archive. */
  private static <T> @Nullable T step(String container, Packed packed, Step<T> step)
      throws UnreadableFile {
    try {
      return step.take();
    } catch (IOException | RuntimeException broken) {
      throw Unpacked.failure(container, packed, broken);
    }
  }

  private void refuse(Visitor visitor, String path, Defect why) {
    files++;
    visitor.refused(path, why);
  }

  private void tellEmpty(Place place, int before, Visitor visitor) {
    if (files == before) {
      refuse(visitor, place.path(), new Defect("", null, Rule.EMPTY_FILE, "an archive of nothing"));
    }
  }

  /** Tells a failure once, however many archives it passes through. */
  private void tell(Place place, UnreadableFile unreadable, Visitor visitor) throws UnreadableFile {
    if (unreadable != told) {
      told = unreadable;
      refuse(
          visitor, place.path(), new Defect("", null, unreadable.rule(), unreadable.getMessage()));
    }
    if (unreadable.rule() == Rule.ARCHIVE_BOMB) {
      throw unreadable;
    }
  }

  /** What fails here fails again when it is read. */
  private static byte[] start(BufferedInputStream bytes) {
    var start = new byte[Container.START];
    var length = 0;
    bytes.mark(start.length);
    try {
      var read = 0;
      while (length < start.length
          && (read = bytes.read(start, length, start.length - length)) >= 0) {
        length += read;
      }
    } catch (IOException failed) {
      // Its reader will meet it.
    }
    try {
      bytes.reset();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Arrays.copyOf(start, length);
  }
}
