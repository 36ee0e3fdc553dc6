package dev.fairground.http;

/**
 * Every number that bounds what is streamed: WebSockets and server-sent events.
 *
 * @param subscriptions operations that run at once on one WebSocket; one more is refused; {@code
 *     FAIRGROUND_WEBSOCKET_SUBSCRIPTIONS}, 100
 * @param messageBytes one message of a WebSocket, beyond it the socket is closed; {@code
 *     FAIRGROUND_WEBSOCKET_MESSAGE_BYTES}, 256 kB
 * @param initMillis from a WebSocket's opening to its {@code connection_init}, beyond it 4408;
 *     {@code FAIRGROUND_WEBSOCKET_INIT_MILLIS}, 5 s
 * @param stallMillis how long a reader may take nothing while something waits for it, beyond it the
 *     stream is closed; {@code FAIRGROUND_STREAM_STALL_MILLIS}, 10 s
 * @param queueBytes what waits in memory for one reader; nothing more is made until half of it is
 *     gone; {@code FAIRGROUND_STREAM_QUEUE_BYTES}, 64 kB
 * @param keepAliveMillis between signs of life on a stream; below the idle time of connections;
 *     {@code FAIRGROUND_STREAM_KEEP_ALIVE_MILLIS}, 12 s
 * @param checkMillis between questions whether a stream's credentials still hold; {@code
 *     FAIRGROUND_STREAM_CHECK_MILLIS}, 1 min
 */
record StreamLimits(
    int subscriptions,
    int messageBytes,
    int initMillis,
    int stallMillis,
    int queueBytes,
    int keepAliveMillis,
    int checkMillis) {
  static StreamLimits read(HttpLimits.Settings from) {
    int million = 1_000_000;
    return new StreamLimits(
        from.number("FAIRGROUND_WEBSOCKET_SUBSCRIPTIONS", 100, 1, 10_000),
        from.number("FAIRGROUND_WEBSOCKET_MESSAGE_BYTES", 256 * 1024, 1_024, 64 * million),
        from.number("FAIRGROUND_WEBSOCKET_INIT_MILLIS", 5_000, 100, million),
        from.number("FAIRGROUND_STREAM_STALL_MILLIS", 10_000, 100, million),
        from.number("FAIRGROUND_STREAM_QUEUE_BYTES", 64 * 1024, 1_024, 64 * million),
        from.number("FAIRGROUND_STREAM_KEEP_ALIVE_MILLIS", 12_000, 100, million),
        from.number("FAIRGROUND_STREAM_CHECK_MILLIS", 60_000, 100, 3_600_000));
  }
}
