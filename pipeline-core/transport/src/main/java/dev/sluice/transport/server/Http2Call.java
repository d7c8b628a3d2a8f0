package dev.sluice.transport.server;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call on an HTTP/2 stream. */
final class Http2Call extends HttpCall implements StreamReceiver {
    /** What of a body that nobody wants is let come before the stream is broken off. */
    private static final long CHEAP = 256 * 1024;

    private static final int NO_CONTENT = 204;

    private final Http2ServerConnection connection;
    private final int stream;
    private final Http2Headers head;
    private boolean full;

    Http2Call(HttpServing serving, Http2ServerConnection connection, int stream, Http2Headers head) {
        super(serving);
        this.connection = connection;
        this.stream = stream;
        this.head = head;
    }

    @Override
    public String method() {
        return text(head.method());
    }

    @Override
    public String target() {
        return text(head.path());
    }

    @Override
    public @Nullable String header(CharSequence name) {
        CharSequence value = head.get(name);
        return value == null ? null : value.toString();
    }

    @Override
    public String peer() {
        return connection.peer();
    }

    @Override
    public Map<String, String> metadata() {
        return serving().metadata(head);
    }

    @Override
    public void data(ByteBuf data) {
        piece(data);
    }

    @Override
    public long uploading() {
        return unfinished();
    }

    @Override
    public void requestOver() {
        requestEnd();
    }

    @Override
    public void streamOver() {
        abandon();
    }

    @Override
    public void writable() {
        if (full) {
            full = false;
            drained();
        }
    }

    @Override
    public void sweep(long now) {
        HttpServerConfig config = serving().config();
        boolean late = requestEnded()
                ? Limits.passed(Limits.nanos(config.writeTimeout()), started(), now)
                : Limits.tooSlow(now - started(), received())
                        || Limits.passed(Limits.nanos(config.readTimeout()), started(), now)
                        || connection.leaving(now);
        if (late) {
            connection.reset(stream, Http2Error.CANCEL);
        }
    }

    @Override
    long announced() {
        CharSequence length = head.get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length.toString());
        } catch (NumberFormatException e) {
            // Netty has let it through, so it does not bound what comes.
            return -1;
        }
    }

    @Override
    void carryOn() {
        CharSequence expect = head.get(HttpHeaderNames.EXPECT);
        if (expect != null && expect.toString().equalsIgnoreCase("100-continue")) {
            connection.writeHeaders(stream, new DefaultHttp2Headers().status("100"), false);
        }
    }

    @Override
    void writeWhole(int status, String type, Bytes body) {
        Http2Headers answer = answerHead(status, type);
        if (status != NO_CONTENT) {
            answer.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length());
        }
        boolean empty = body.isEmpty() || method().equals("HEAD");
        connection.writeHeaders(stream, answer, empty);
        if (!empty) {
            connection.writeData(stream, Slices.of(body), true);
        }
    }

    @Override
    void writeHead(int status, String type) {
        connection.writeHeaders(stream, answerHead(status, type), method().equals("HEAD"));
    }

    @Override
    boolean writePiece(Bytes piece) {
        if (!piece.isEmpty() && !method().equals("HEAD")) {
            connection.writeData(stream, Slices.of(piece), false);
        }
        full = !connection.writable(stream);
        return !full;
    }

    @Override
    void writeEnd() {
        if (!method().equals("HEAD")) {
            connection.writeData(stream, Unpooled.EMPTY_BUFFER, true);
        }
    }

    @Override
    void answered() {
        boolean much = announced() < 0 || announced() - received() > CHEAP;
        if (!requestEnded() && much && connection.remoteOpen(stream)) {
            // The answer is whole; what the client still has to say is not wanted (RFC 9113, 8.1).
            connection.reset(stream, Http2Error.NO_ERROR);
        }
    }

    @Override
    void reset() {
        connection.reset(stream, Http2Error.INTERNAL_ERROR);
    }

    private Http2Headers answerHead(int status, String type) {
        Http2Headers answer = new DefaultHttp2Headers(false).status(Integer.toString(status));
        answer.set(HttpHeaderNames.DATE, serving().date());
        if (!type.isEmpty()) {
            answer.set(HttpHeaderNames.CONTENT_TYPE, type);
        }
        for (int i = 0; i < headers().size(); i += 2) {
            answer.add(headers().get(i).toLowerCase(Locale.ROOT), headers().get(i + 1));
        }
        return answer;
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }
}
