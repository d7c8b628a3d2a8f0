package dev.sluice.transport.server;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Makes a connection what its first bytes ask for. */
interface Protocols {
    /** For people. */
    String name();

    /** Puts handlers for HTTP/1 behind the one of the context; null, adding none, where only HTTP/2 is spoken. */
    @Nullable
    ServerConnection http1(ChannelHandlerContext after);

    /** Puts a handler for HTTP/2 behind the one of the context. */
    ServerConnection http2(ChannelHandlerContext after);
}
