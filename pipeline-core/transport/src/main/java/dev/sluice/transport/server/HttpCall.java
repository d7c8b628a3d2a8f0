package dev.sluice.transport.server;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.compression.BodyException;
import dev.sluice.transport.compression.Compression;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its answer. Used on the loop of the listener. An answer is either whole ({@link #answer}) or comes in pieces:
 * {@link #begin}, {@link #write} as often as needed, {@link #end}. What is answered to a client that has gone is dropped.
 */
public abstract sealed class HttpCall permits Http1Call, Http2Call {
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServing serving;
    private final long started;
    private final List<String> headers = new ArrayList<>();
    private @Nullable BodyHandler reader;
    private @Nullable Intake intake;
    private @Nullable Runnable onDrain;
    private @Nullable Runnable onClosed;
    private Compression encoding = Compression.NONE;
    private boolean handled;
    private boolean begun;
    private boolean ended;
    private boolean gone;
    private boolean requestEnded;
    private long received;

    HttpCall(HttpServing serving) {
        this.serving = serving;
        this.started = serving.now();
    }

    /** In capitals, as in {@code GET}. */
    public abstract String method();

    /** Path and query as they came. */
    public abstract String target();

    /** The first header of the name, in whatever case; null if there is none. */
    public abstract @Nullable String header(CharSequence name);

    /** The client's address without the port; empty on a unix socket. */
    public abstract String peer();

    /** The headers that may go along with what the request brings, where the configuration wants that; else empty. */
    public abstract Map<String, String> metadata();

    /** Without the query, not decoded. */
    public final String path() {
        String target = target();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Behind the question mark, not decoded; empty without one. */
    public final String query() {
        String target = target();
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** Where what the request brings came from. */
    public final Origin origin() {
        return new Origin("http", peer(), metadata());
    }

    /** Asks for the body. Without this it is thrown away. */
    public final void receive(BodyHandler handler) {
        String word = header("content-encoding");
        Compression how = serving.encoding(word == null ? "" : word);
        if (how == null) {
            handler.refused(Outcome.permanent(Outcome.Reason.INVALID, "unsupported Content-Encoding: " + word));
            return;
        }
        receive(handler, how);
    }

    /** Asks for the body of a protocol in which it is compressed that way, whatever the headers say. */
    public final void receive(BodyHandler handler, Compression how) {
        if (handled) {
            throw new IllegalStateException("the body is asked for too late");
        }
        Intake taking =
                new Intake(serving.context().admission(), serving.config().maxBody());
        intake = taking;
        reader = handler;
        encoding = how;
        if (accepted(taking.expect(announced()))) {
            carryOn();
        }
    }

    /** Adds a header to the answer; before it begins. Throws {@link IllegalArgumentException} for what no header may hold. */
    public final HttpCall header(String name, String value) {
        if (!HeaderText.isName(name) || !HeaderText.isValue(value)) {
            throw new IllegalArgumentException("not a header: " + name);
        }
        headers.add(name);
        headers.add(value);
        return this;
    }

    /** Answers with a body of the type. */
    public final void answer(int status, String type, Bytes body) {
        if (starts(status)) {
            ended = true;
            writeWhole(status, type, body);
            answered();
        }
    }

    /** Answers in plain words, as Go's HTTP server does. */
    public final void text(int status, String message) {
        answer(status, PLAIN, Bytes.of((message + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** Answers with these words and no line end. */
    public final void text(int status, String type, String message) {
        answer(status, type, Bytes.of(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** Answers without a body. */
    public final void empty(int status) {
        answer(status, "", Bytes.EMPTY);
    }

    /** Begins an answer whose length is not known. */
    public final void begin(int status, String type) {
        if (starts(status)) {
            writeHead(status, type);
        }
    }

    /** Writes a piece; false if the client does not keep up: {@link #onDrain} tells when it has. */
    public final boolean write(Bytes piece) {
        if (gone || ended) {
            return true;
        }
        return writePiece(piece);
    }

    /** Ends what {@link #begin} began. */
    public final void end() {
        if (!gone && !ended) {
            ended = true;
            writeEnd();
            answered();
        }
    }

    /** Runs once when the client has taken what was written. */
    public final void onDrain(Runnable task) {
        onDrain = task;
    }

    /** Runs when the client goes before it has the whole answer; at once if it has gone. */
    public final void onClosed(Runnable task) {
        if (gone) {
            task.run();
        } else {
            onClosed = task;
        }
    }

    /** The client has gone. */
    public final boolean closed() {
        return gone;
    }

    final HttpServing serving() {
        return serving;
    }

    final long started() {
        return started;
    }

    final List<String> headers() {
        return headers;
    }

    final boolean begun() {
        return begun;
    }

    final boolean ended() {
        return ended;
    }

    final boolean requestEnded() {
        return requestEnded;
    }

    final long received() {
        return received;
    }

    /** The handler has returned. */
    final void handled() {
        handled = true;
    }

    /** Bytes held for a body that has not come whole. */
    final long unfinished() {
        Intake taking = intake;
        return taking == null || requestEnded ? 0 : taking.held();
    }

    /** A piece of the body. */
    final void piece(ByteBuf data) {
        received += data.readableBytes();
        Intake taking = intake;
        if (taking != null && reader != null) {
            accepted(taking.take(data));
        }
    }

    /** The request has come whole. */
    final void requestEnd() {
        requestEnded = true;
        BodyHandler handler = reader;
        Intake taking = intake;
        if (handler != null && taking != null) {
            reader = null;
            if (encoding == Compression.NONE) {
                deliver(handler, taking.bytes());
            } else {
                decompress(handler, taking);
            }
        }
    }

    /** The client has gone, or nobody waits for it any more. */
    final void abandon() {
        if (gone || (ended && requestEnded)) {
            return;
        }
        gone = true;
        if (reader != null) {
            // What was handed on, or is being decompressed, is accounted for until that is done.
            reader = null;
            release();
        }
        Runnable task = onClosed;
        if (task != null) {
            onClosed = null;
            task.run();
        }
    }

    /** The client has taken what was written. */
    final void drained() {
        Runnable task = onDrain;
        if (task != null) {
            onDrain = null;
            task.run();
        }
    }

    /** The length that the request announces; -1 if it announces none. */
    abstract long announced();

    /** Tells a client that waits for it to send the body. */
    abstract void carryOn();

    abstract void writeWhole(int status, String type, Bytes body);

    abstract void writeHead(int status, String type);

    /** False if the client does not keep up. */
    abstract boolean writePiece(Bytes piece);

    abstract void writeEnd();

    /** The answer is written. */
    abstract void answered();

    /** Breaks an answer off. */
    abstract void reset();

    private boolean starts(int status) {
        if (begun) {
            throw new IllegalStateException("answered twice, now with " + status);
        }
        begun = true;
        reader = null;
        release();
        return !gone;
    }

    private boolean accepted(Intake.Verdict verdict) {
        if (verdict == Intake.Verdict.TAKEN) {
            return true;
        }
        BodyHandler handler = reader;
        reader = null;
        release();
        if (handler != null) {
            handler.refused(refusal(verdict));
        }
        return false;
    }

    private Outcome.Refused refusal(Intake.Verdict verdict) {
        return verdict == Intake.Verdict.TOO_LARGE
                ? Outcome.permanent(Outcome.Reason.TOO_LARGE, "http: request body too large")
                : serving.noRoom();
    }

    private void decompress(BodyHandler handler, Intake taking) {
        serving.decompressor()
                .decompress(encoding, taking.bytes(), serving.config().maxBody(), taking::grow)
                .onComplete((decoded, failure) -> {
                    if (gone) {
                        release();
                    } else if (failure == null) {
                        taking.keep(decoded.length());
                        deliver(handler, decoded);
                    } else if (failure instanceof BodyException bad) {
                        handler.refused(refusal(bad));
                    } else {
                        serving.failed(this, failure);
                    }
                });
    }

    private Outcome.Refused refusal(BodyException bad) {
        String message = String.valueOf(bad.getMessage());
        return switch (bad.kind()) {
            case MALFORMED -> Outcome.permanent(Outcome.Reason.INVALID, message);
            case TOO_LARGE -> Outcome.permanent(Outcome.Reason.TOO_LARGE, message);
            case NO_ROOM -> serving.noRoom();
        };
    }

    private void deliver(BodyHandler handler, Bytes body) {
        try {
            handler.received(body);
        } catch (RuntimeException bug) {
            serving.failed(this, bug);
        }
    }

    private void release() {
        if (intake != null) {
            intake.release();
            intake = null;
        }
    }
}
