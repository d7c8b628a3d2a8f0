package dev.sluice.transport.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;

/**
 * The end of a connection that loses no request on its way (RFC 9113, 6.8): first a word that it will end, then, when the client must have
 * read it, which streams were still taken, and the end when these are answered. On one loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written ends the connection
final class Http2Farewell {
    private static final long PING = 0x536c75696365L;

    /** After this time the second GOAWAY goes out even without an answer to the ping. */
    private static final long PATIENCE = 1_000_000_000L;

    private final Http2ServerConnection connection;
    private final long since;
    private final long grace;
    private boolean said;

    /** Begins. {@code grace} in nanoseconds is how long streams have to end; 0 for no limit. */
    Http2Farewell(Http2ServerConnection connection, long now, long grace) {
        this.connection = connection;
        this.since = now;
        this.grace = grace;
        goAway(Integer.MAX_VALUE);
        ChannelHandlerContext context = connection.context();
        connection.encoder().writePing(context, false, PING, context.newPromise());
        connection.flushSoon();
    }

    /** When it began. */
    long since() {
        return since;
    }

    void sweep(long now) {
        if (!said && now - since >= PATIENCE) {
            say();
        } else if (Limits.passed(grace, since, now)) {
            connection.close();
        }
    }

    /** The client has answered a ping. */
    void pong(long data) {
        if (data == PING && !said) {
            say();
        }
    }

    /** A stream is over, which is still counted while this runs. */
    void streamClosed() {
        if (said) {
            connection.context().executor().execute(this::closeIfDone);
        }
    }

    private void say() {
        said = true;
        goAway(connection.connection().remote().lastStreamCreated());
        connection.flushSoon();
        closeIfDone();
    }

    private void goAway(int lastStream) {
        ChannelHandlerContext context = connection.context();
        connection.goAway(context, lastStream, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
    }

    private void closeIfDone() {
        if (connection.connection().numActiveStreams() == 0) {
            ChannelHandlerContext context = connection.context();
            // Behind all that is to be written yet.
            connection.flush(context);
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
