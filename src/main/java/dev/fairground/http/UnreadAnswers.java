package dev.fairground.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Reads nothing from a connection while what waits to be written to it is more than its queue is to
 * hold. A client that asks on and on and takes no answer would fill the memory otherwise.
 *
 * <p>Vert.x answers the protocol's own pings before any handler of ours sees them, also on a socket
 * that is paused, so this reaches for the channel. Nobody else may stop and start the reading of
 * the connection.
 */
final class UnreadAnswers extends ChannelInboundHandlerAdapter {
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }
}
