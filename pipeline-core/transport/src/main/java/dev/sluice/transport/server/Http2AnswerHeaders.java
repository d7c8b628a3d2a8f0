package dev.sluice.transport.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;

/** HPACK for answers, of which there are few kinds: a small table, which no client can make large. */
final class Http2AnswerHeaders extends DefaultHttp2HeadersEncoder {
    /** Slots of the hash table over what is remembered. */
    private static final int SLOTS = 8;

    Http2AnswerHeaders() {
        // A new date comes every second, and would fill the table.
        super((name, value) -> HttpHeaderNames.DATE.contentEquals(name), false, SLOTS);
    }

    /** The client's limit in bytes as RFC 7541, 4.1 counts them, of which the encoder may use less. */
    @Override
    public void maxHeaderTableSize(long max) throws Http2Exception {
        if (max < maxHeaderTableSize()) {
            super.maxHeaderTableSize(max);
        }
    }
}
