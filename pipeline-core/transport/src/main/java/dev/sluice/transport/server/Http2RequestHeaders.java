package dev.sluice.transport.server;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import org.jspecify.annotations.Nullable;

/**
 * HPACK for requests. Netty's decoder, whose table has a place for each entry that the client might ever make, is there from the first
 * request on. The limits are those that the server announces and never changes, so they hold from the first byte on; the table
 * has the size of RFC 7541, for some clients do not say that they take up a smaller one.
 */
final class Http2RequestHeaders implements Http2HeadersDecoder, Http2HeadersDecoder.Configuration {
    /** Of all headers of a request together, as RFC 9113, 6.5.2 counts them. */
    static final int MAX_BYTES = 8 * 1024;

    private static final long MAX_BYTES_READ = Http2CodecUtil.calculateMaxHeaderListSizeGoAway(MAX_BYTES);

    private @Nullable Http2HeadersDecoder decoder;

    @Override
    public Http2Headers decodeHeaders(int stream, ByteBuf block) throws Http2Exception {
        Http2HeadersDecoder known = decoder;
        if (known == null) {
            known = new DefaultHttp2HeadersDecoder(true, MAX_BYTES);
            decoder = known;
        }
        return known.decodeHeaders(stream, block);
    }

    @Override
    public Configuration configuration() {
        return this;
    }

    @Override
    public void maxHeaderTableSize(long announced) {}

    @Override
    public long maxHeaderTableSize() {
        return Http2CodecUtil.DEFAULT_HEADER_TABLE_SIZE;
    }

    @Override
    public void maxHeaderListSize(long announced, long read) {}

    @Override
    public long maxHeaderListSize() {
        return MAX_BYTES;
    }

    /** Beyond this a client's headers end the connection instead of their stream. */
    @Override
    public long maxHeaderListSizeGoAway() {
        return MAX_BYTES_READ;
    }
}
