package dev.fairground.http;

import dev.fairground.graphql.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;

/**
 * A refusal that is written past Vert.x, because no request that it could answer has arrived whole;
 * the last that is written on its connection.
 */
final class RawAnswer {
  private RawAnswer() {}

  /**
   * @param status the code and its words, as the status line holds them
   */
  static void write(ChannelHandlerContext channel, String status, Refusal refusal) {
    String id = RequestIds.next();
    byte[] body = ErrorBody.of(refusal, id).getBytes();
    String head =
        """
        HTTP/1.1 %s\r
        Content-Type: application/json; charset=utf-8\r
        Content-Length: %d\r
        Cache-Control: no-store\r
        X-Content-Type-Options: nosniff\r
        Access-Control-Allow-Origin: *\r
        X-Request-Id: %s\r
        Connection: close\r
        \r
        """
            .formatted(status, body.length, id);
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
