package dev.fairground.job;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Writes a file into the database, part by part; it is there for others when it is closed. The
 * connection commits each statement by itself.
 */
final class FileWriting extends OutputStream {
  /** Of a part: a round trip takes longer than sending it. */
  static final int PART_BYTES = 256 * 1024;

  private static final int KEPT_DAYS = 7;

  private final Connection connection;
  private final UUID id = UUID.randomUUID();
  private final long mostBytes;
  private final MessageDigest digest = sha256();
  private final byte[] part = new byte[PART_BYTES];
  private int filled;
  private int parts;
  private long bytes;
  private boolean closed;

  private static final String BEGIN =
      """
      -- beginStoredFile
      insert into stored_file (id, organization_id, owner, name, media_type, part_bytes, created_at, expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  FileWriting(
      Connection connection,
      ClaimedJob job,
      String name,
      String mediaType,
      Instant now,
      long mostBytes)
      throws SQLException {
    this.connection = connection;
    this.mostBytes = mostBytes;
    try (var statement = connection.prepareStatement(BEGIN)) {
      statement.setObject(1, id);
      statement.setObject(2, job.organizationId());
      statement.setString(3, String.valueOf(job.viewer().key()));
      statement.setString(4, name);
      statement.setString(5, mediaType);
      statement.setInt(6, PART_BYTES);
      statement.setObject(7, now.atOffset(ZoneOffset.UTC));
      statement.setObject(8, now.atOffset(ZoneOffset.UTC).plusDays(KEPT_DAYS));
      statement.executeUpdate();
    }
  }

  UUID id() {
    return id;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    bytes += length;
    if (bytes > mostBytes) {
      throw new IOException("the file would be longer than " + mostBytes + " bytes");
    }
    digest.update(source, offset, length);
    for (int done = 0; done < length; ) {
      var step = Math.min(length - done, PART_BYTES - filled);
      System.arraycopy(source, offset + done, part, filled, step);
      filled += step;
      done += step;
      if (filled == PART_BYTES) {
        store();
      }
    }
  }

  boolean isTooLong() {
    return bytes > mostBytes;
  }

  private static final String PART =
      """
      -- writeStoredFilePart
      insert into stored_file_part (file_id, position, bytes) values (?, ?, ?)
      """;

  private void store() throws IOException {
    try (var statement = connection.prepareStatement(PART)) {
      statement.setObject(1, id);
      statement.setInt(2, parts++);
      statement.setBytes(3, java.util.Arrays.copyOf(part, filled));
      statement.executeUpdate();
      filled = 0;
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  private static final String END =
      """
      -- endStoredFile
      update stored_file set byte_size = ?, digest = ? where id = ?
      """;

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (filled > 0) {
      store();
    }
    try (var statement = connection.prepareStatement(END)) {
      statement.setLong(1, bytes);
      statement.setString(2, HexFormat.of().formatHex(digest.digest()));
      statement.setObject(3, id);
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  private static final String ABANDON =
      """
      -- abandonStoredFile
      delete from stored_file where id = ?
      """;

  /** Gives the file up: nothing of it stays. */
  void abandon() throws SQLException {
    closed = true;
    try (var statement = connection.prepareStatement(ABANDON)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
