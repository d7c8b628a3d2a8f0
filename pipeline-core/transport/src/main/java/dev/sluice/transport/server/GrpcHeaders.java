package dev.sluice.transport.server;

import dev.sluice.otlp.Bytes;
import dev.sluice.transport.compression.Compression;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The headers and frames of gRPC over HTTP/2 (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md). */
final class GrpcHeaders {
    static final AsciiString ENCODING = AsciiString.cached("grpc-encoding");
    static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");

    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString GRPC = AsciiString.cached("application/grpc");
    private static final AsciiString ACCEPT = AsciiString.cached("grpc-accept-encoding");
    private static final AsciiString ACCEPTED = AsciiString.cached("gzip,snappy,zstd");
    private static final AsciiString STATUS = AsciiString.cached("grpc-status");
    private static final AsciiString MESSAGE = AsciiString.cached("grpc-message");
    private static final AsciiString DETAILS = AsciiString.cached("grpc-status-details-bin");
    private static final AsciiString POST = AsciiString.cached("POST");
    private static final AsciiString ZERO = AsciiString.cached("0");
    private static final AsciiString HTTP_OK = AsciiString.cached("200");

    /** The headers of every answer that is a success. */
    static final Http2Headers OK =
            ReadOnlyHttp2Headers.serverHeaders(false, HTTP_OK, CONTENT_TYPE, GRPC, ACCEPT, ACCEPTED);

    static final Http2Headers OK_TRAILERS = ReadOnlyHttp2Headers.trailers(false, STATUS, ZERO);

    /** The frame of an empty message, which nearly every answer has. */
    private static final ByteBuf EMPTY_FRAME =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(5).writeZero(5).asReadOnly());

    private static final int LONGEST_MESSAGE = 2 * 1024;

    private GrpcHeaders() {}

    static boolean isPost(Http2Headers headers) {
        return POST.contentEquals(headers.method());
    }

    /** {@code application/grpc}, or the same with {@code +proto}, and parameters. */
    static boolean isGrpc(Http2Headers headers) {
        CharSequence type = headers.get(CONTENT_TYPE);
        if (type == null || GRPC.contentEquals(type)) {
            return type != null;
        }
        String text = type.toString();
        if (!text.startsWith("application/grpc")) {
            return false;
        }
        String rest = text.substring(GRPC.length());
        return rest.startsWith(";") || rest.equals("+proto") || rest.startsWith("+proto;");
    }

    /** Null for one that is not known. */
    static @Nullable Compression encoding(String word) {
        if (word.equals("identity")) {
            return Compression.NONE;
        }
        Compression named = word.isEmpty() || word.equals("none") ? null : Compression.named(word);
        return named == null || !named.grpc() ? null : named.overGrpc();
    }

    /** At most eight digits and a unit; -1 for what is none. */
    static long timeoutNanos(CharSequence value) {
        int digits = value.length() - 1;
        if (digits < 1 || digits > 8) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits; i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = 10 * number + c - '0';
        }
        long unit = switch (value.charAt(digits)) {
            case 'H' -> 3_600_000_000_000L;
            case 'M' -> 60_000_000_000L;
            case 'S' -> 1_000_000_000L;
            case 'm' -> 1_000_000L;
            case 'u' -> 1_000L;
            case 'n' -> 1L;
            default -> -1L;
        };
        return unit < 0 ? -1 : number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : Math.max(1, number * unit);
    }

    /** A message behind its five bytes, not compressed. */
    static ByteBuf frame(Bytes message) {
        if (message.isEmpty()) {
            return EMPTY_FRAME.duplicate();
        }
        ByteBuf frame = Unpooled.buffer(5 + message.length());
        frame.writeByte(0).writeInt(message.length());
        for (int i = 0; i < message.sliceCount(); i++) {
            frame.writeBytes(message.sliceArray(i), message.sliceOffset(i), message.sliceLength(i));
        }
        return frame;
    }

    /** An answer that is only a status. */
    static Http2Headers failure(RpcStatus status) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .status(HTTP_OK)
                .add(CONTENT_TYPE, GRPC)
                .add(ACCEPT, ACCEPTED)
                .addInt(STATUS, status.code().number());
        if (!status.message().isEmpty()) {
            headers.add(MESSAGE, encode(status.message()));
        }
        if (status.retryable()) {
            headers.add(DETAILS, Base64.getEncoder().withoutPadding().encodeToString(status.toProto()));
        }
        return headers;
    }

    /** For who asks what no gRPC client asks. */
    static Http2Headers notGrpc(int status) {
        return new DefaultHttp2Headers(false).status(Integer.toString(status));
    }

    /** Percent-encoding of all but printable ASCII, and of the percent sign. */
    static String encode(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length && encoded.length() < LONGEST_MESSAGE; i++) {
            int b = bytes[i] & 0xff;
            if (b >= ' ' && b < 0x7f && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
