package dev.sluice.transport.client;

import dev.sluice.otlp.Bytes;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One unary call: a request that is written, an answer that is gathered, or whatever comes in between. */
final class GrpcCall extends Exchange<GrpcReply> {
    /** Answers carry a handful of bytes; beyond this they are not read (the same bound as for HTTP). */
    static final int MAX_RESPONSE = 64 * 1024;

    private boolean written;
    private Buffer body = Buffer.buffer(0);

    /** Puts the call on the wire. */
    void send(HttpClientRequest stream, Buffer frame) {
        if (takes(stream)) {
            stream.end(frame).onComplete(ended -> written = true, this::fail);
        }
    }

    /** Ends the call unless it has ended, and tells the server that nobody waits any more. */
    void cancel(GrpcCode code, String message) {
        finish(GrpcReply.failed(code, message));
    }

    /**
     * Ends the call for something that is no gRPC status. All of it is UNAVAILABLE: nothing says that the server has judged the
     * data, so it must not be dropped. (gRPC libraries map some resets to INTERNAL, which an exporter would not retry.)
     */
    @Override
    void fail(Throwable cause) {
        finish(GrpcReply.failed(GrpcCode.UNAVAILABLE, Failures.text(cause)));
    }

    @Override
    void answered(HttpClientResponse response) {
        response.exceptionHandler(this::fail);
        response.handler(this::take);
        response.endHandler(end -> finish(reply(response)));
    }

    private void take(Buffer chunk) {
        if (body.length() + chunk.length() <= MAX_RESPONSE) {
            body.appendBuffer(chunk);
        } else {
            cancel(GrpcCode.UNKNOWN, "response is larger than " + MAX_RESPONSE + " bytes");
        }
    }

    private GrpcReply reply(HttpClientResponse response) {
        // A refusal may come as trailers only: then they are the headers.
        MultiMap trailers = response.trailers().contains("grpc-status") ? response.trailers() : response.headers();
        String status = trailers.get("grpc-status");
        if (status == null) {
            String what = "unexpected HTTP status code received from server: " + response.statusCode();
            return GrpcReply.failed(
                    response.statusCode() == 200 ? GrpcCode.UNKNOWN : GrpcCode.ofHttp(response.statusCode()),
                    response.statusCode() == 200 ? "server closed the stream without sending trailers" : what);
        }
        GrpcCode code = GrpcCode.of(status);
        String message = decode(trailers.get("grpc-message"));
        if (code != GrpcCode.OK) {
            StatusDetails details = StatusDetails.ofTrailer(trailers.get("grpc-status-details-bin"));
            return new GrpcReply(code, message, details.retryDelay(), Bytes.EMPTY);
        }
        return new GrpcReply(code, message, null, message(response.getHeader("grpc-encoding")));
    }

    /** The message in the five-byte framing. What cannot be read is taken for empty: the status says that all went well. */
    private Bytes message(@Nullable String encoding) {
        if (body.length() < 5 || body.getUnsignedInt(1) != body.length() - 5) {
            return Bytes.EMPTY;
        }
        Bytes content = Bytes.of(body.getBytes(5, body.length()));
        return body.getByte(0) == 0 ? content : ResponseDecoder.decode(encoding, content, MAX_RESPONSE);
    }

    @Override
    boolean abandons(GrpcReply reply) {
        return !written || reply.code() != GrpcCode.OK;
    }

    /** Undoes the percent encoding of {@code grpc-message}. */
    private static String decode(@Nullable String message) {
        if (message == null || message.indexOf('%') < 0) {
            return message == null ? "" : message;
        }
        byte[] in = message.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out[length++] = (byte) ((high << 4) | low);
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
