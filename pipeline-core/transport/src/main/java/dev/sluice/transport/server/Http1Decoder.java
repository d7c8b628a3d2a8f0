package dev.sluice.transport.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's decoder, which also tells the connection of bytes that are not yet a request. */
final class Http1Decoder extends HttpRequestDecoder {
    /** Of the first line, and of all headers together: as HTTP/2 has it here. */
    private static final int MAX_HEAD = 8 * 1024;

    /** A body is handed on as it is read; nothing is cut. */
    private static final int MAX_PIECE = 1024 * 1024;

    private final Http1Connection connection;

    Http1Decoder(Http1Connection connection) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEAD)
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxChunkSize(MAX_PIECE));
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        connection.heard();
        super.channelRead(ctx, message);
    }
}
