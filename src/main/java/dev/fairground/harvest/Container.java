package dev.fairground.harvest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** What the first bytes of a file say that it is packed in; its name is not asked. */
enum Container {
  /** RFC 1952. */
  GZIP("gz", "tgz"),
  BZIP2("bz2", "tbz2"),
  XZ("xz", "txz"),
  ZIP("zip"),
  TAR("tar"),
  /** A zip that is one document: of a spreadsheet program, most likely. */
  OFFICE("xlsx", "xlsm", "ods", "docx", "odt"),
  /** Containers that are not unpacked. */
  UNSUPPORTED("7z", "rar", "zst"),
  NONE;

  /** The bytes from which a container can be told: the first header of a tar. */
  static final int START = 512;

  private static final int ZIP_NAME_LENGTH = 26;
  private static final int ZIP_NAME = 30;

  private final Set<String> endings;

  Container(String... endings) {
    this.endings = Set.of(endings);
  }

  /** At most {@link #START} bytes, fewer only of a file that has no more. */
  static Container of(byte[] start) {
    if (begins(start, 0, 0x1F, 0x8B, 8)) {
      return GZIP;
    }
    if (begins(start, 0, 'B', 'Z', 'h')
        && (begins(start, 4, 0x31, 0x41, 0x59, 0x26) || begins(start, 4, 0x17, 0x72, 0x45, 0x38))) {
      return BZIP2;
    }
    if (begins(start, 0, 0xFD, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    }
    if (begins(start, 0, 'P', 'K', 3, 4)
        || begins(start, 0, 'P', 'K', 5, 6)
        || begins(start, 0, 'P', 'K', 7, 8)) {
      return isOffice(start) ? OFFICE : ZIP;
    }
    if (begins(start, 0, '7', 'z', 0xBC, 0xAF)
        || begins(start, 0, 'R', 'a', 'r', '!', 0x1A)
        || begins(start, 0, 0x28, 0xB5, 0x2F, 0xFD)) {
      return UNSUPPORTED;
    }
    if (start.length == START && isTar(start)) {
      return TAR;
    }
    return NONE;
  }

  /** Whether a name's ending, in lower case and without its dot, is one of this container. */
  boolean hasEnding(String ending) {
    return endings.contains(ending);
  }

  /** A name without the endings of containers. */
  static String nameWithin(String name) {
    var within = name;
    while (true) {
      var dot = within.lastIndexOf('.');
      var ending = within.substring(dot + 1).toLowerCase(Locale.ROOT);
      if (dot < 1
          || (!GZIP.hasEnding(ending)
              && !BZIP2.hasEnding(ending)
              && !XZ.hasEnding(ending)
              && !ZIP.hasEnding(ending)
              && !TAR.hasEnding(ending))) {
        return within;
      }
      within = within.substring(0, dot);
    }
  }

  private static boolean begins(byte[] start, int at, int... magic) {
    if (start.length < at + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[at + i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** The oldest tars have no magic, but all have the checksum. */
  private static boolean isTar(byte[] start) {
    try {
      return TarUtils.verifyCheckSum(start);
    } catch (IllegalArgumentException noNumber) {
      return false;
    }
  }

  /** Office documents begin with one of a few entries, whichever program wrote them. */
  private static boolean isOffice(byte[] start) {
    if (start.length < ZIP_NAME) {
      return false;
    }
    var length = (start[ZIP_NAME_LENGTH] & 0xFF) | (start[ZIP_NAME_LENGTH + 1] & 0xFF) << 8;
    var name =
        new String(
            start,
            ZIP_NAME,
            Math.min(length, start.length - ZIP_NAME),
            StandardCharsets.ISO_8859_1);
    return name.equals("[Content_Types].xml")
        || name.equals("mimetype")
        || name.startsWith("_rels/")
        || name.startsWith("docProps/")
        || name.startsWith("xl/");
  }
}
