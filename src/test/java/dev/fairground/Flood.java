package dev.fairground;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A client of graphql-transport-ws that writes whatever it can, and reads when it is told to. */
final class Flood implements AutoCloseable {
  private static final int FRAMES_AT_ONCE = 2_000;
  private static final int PATIENCE_SECONDS = 20;

  private final SocketChannel channel;
  private ByteBuffer left = ByteBuffer.allocate(0);

  Flood(int port) throws IOException {
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    write(
        """
        GET /graphql HTTP/1.1
        Host: localhost
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Protocol: graphql-transport-ws

        """
            .replace("\n", "\r\n")
            .getBytes(US_ASCII));
    var answer = new StringBuilder();
    var one = ByteBuffer.allocate(1);
    while (!answer.toString().endsWith("\r\n\r\n") && channel.read(one.clear()) > 0) {
      answer.append((char) one.get(0));
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new AssertionError(answer);
    }
    channel.configureBlocking(false);
  }

  /** A message in a frame, masked by nothing. */
  static byte[] text(String message) {
    return frame(0x81, message.getBytes(US_ASCII));
  }

  /** A ping of the protocol itself. */
  static byte[] ping() {
    return frame(0x89, new byte[100]);
  }

  private static byte[] frame(int kind, byte[] content) {
    return ByteBuffer.allocate(content.length + 6)
        .put((byte) kind)
        .put((byte) (0x80 | content.length))
        .putInt(0)
        .put(content)
        .array();
  }

  void write(byte[] bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Writes a frame over and over until nothing more is taken; how many bytes were, up to most. */
  long untilStuck(byte[] frame, long most) throws Exception {
    var many = ByteBuffer.allocate(frame.length * FRAMES_AT_ONCE);
    for (int i = 0; i < FRAMES_AT_ONCE; i++) {
      many.put(frame);
    }
    long taken = 0;
    var lastTaken = System.nanoTime();
    while (taken < most && System.nanoTime() - lastTaken < TimeUnit.SECONDS.toNanos(3)) {
      if (!left.hasRemaining()) {
        left = many.duplicate().flip();
      }
      var now = channel.write(left);
      taken += now;
      if (now > 0) {
        lastTaken = System.nanoTime();
      } else {
        Thread.sleep(5);
      }
    }
    return taken;
  }

  /** Reads until the other side takes more again. */
  void untilGoingOn() throws Exception {
    var read = ByteBuffer.allocate(256 * 1024);
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (channel.write(left) == 0) {
      var count = channel.read(read.clear());
      if (count < 0 || System.nanoTime() > end) {
        throw new AssertionError(count < 0 ? "closed" : "nothing more is taken");
      }
      if (count == 0) {
        Thread.sleep(5);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
