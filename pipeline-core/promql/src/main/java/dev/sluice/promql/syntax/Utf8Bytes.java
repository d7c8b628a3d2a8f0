package dev.sluice.promql.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text. Strings of PromQL may hold bytes that are no UTF-8, which no char stands for: such a byte becomes a lone surrogate, U+DC00 plus
 * the byte, so that it is kept, shown as an escape again, and recognised as no valid text.
 */
final class Utf8Bytes {
    private static final int SURROGATES = 0xdc00;

    private Utf8Bytes() {}

    static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (SURROGATES + (in.get() & 0xff)));
            }
            decoder.reset();
        }
    }
}
