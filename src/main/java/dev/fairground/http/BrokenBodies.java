package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Answers 400 to chunks that cannot be read. Vert.x tells of heads that are broken, but closes
 * without a word where the body is.
 */
@Sharable
final class BrokenBodies extends ChannelInboundHandlerAdapter {
  private static final BrokenBodies HANDLER = new BrokenBodies();

  private BrokenBodies() {}

  static void watch(HttpConnection connection) {
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    pipeline.addAfter("httpDecoder", "brokenBodies", HANDLER);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object part) {
    boolean broken =
        part instanceof HttpContent content
            && !(part instanceof HttpRequest)
            && content.decoderResult().isFailure();
    if (!broken) {
      context.fireChannelRead(part);
      return;
    }
    ReferenceCountUtil.release(part);
    RawAnswer.write(
        context,
        "400 Bad Request",
        new Refusal(ErrorCode.BAD_REQUEST, "The body is not well-formed HTTP."));
  }
}
