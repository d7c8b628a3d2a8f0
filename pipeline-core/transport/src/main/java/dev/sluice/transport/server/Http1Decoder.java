package dev.sluice.transport.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Netty's decoder, which also tells of bytes that are not yet a request, and whether there are any. */
final class Http1Decoder extends HttpRequestDecoder {
    /** Of the first line, and of all headers together: as HTTP/2 has it here. */
    private static final int MAX_HEAD = 8 * 1024;

    /** A body is handed on as it is read; nothing is cut. */
    private static final int MAX_PIECE = 1024 * 1024;

    private final Http1Connection connection;
    private boolean between = true;

    Http1Decoder(Http1Connection connection) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEAD)
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxChunkSize(MAX_PIECE));
        this.connection = connection;
    }

    /** What came last was the end of a request. */
    boolean between() {
        return between && actualReadableBytes() == 0;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int before = in.readerIndex();
        int known = out.size();
        super.decode(ctx, in, out);
        if (out.size() > known) {
            between = out.getLast() instanceof LastHttpContent;
        } else if (in.readerIndex() != before) {
            between = false;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        connection.heard();
        super.channelRead(ctx, message);
    }
}
