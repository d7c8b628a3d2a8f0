package dev.sluice.transport.compression;

import dev.sluice.api.ComponentContext;
import dev.sluice.otlp.Bytes;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decompresses bodies from outside, in any of the formats. What a body holds is counted as it comes out, so that a small one cannot
 * become a big one. Native state is kept from one body to the next. Used on one loop; what would hold that loop up is decompressed
 * aside.
 */
public final class Decompressor {
    /** A body may grow to this many times its size; before it has grown to {@link #FREE} that does not matter. */
    static final int MAX_RATIO = 200;

    static final int FREE = 1024 * 1024;

    private final ComponentContext context;
    private final Deque<Decoding> idle = new ArrayDeque<>();
    private boolean closed;

    public Decompressor(ComponentContext context) {
        this.context = context;
    }

    /**
     * What the body holds, in one slice (none if it is empty). Fails with {@link BodyException}, whatever the body is.
     *
     * <p>Over gRPC ask for {@link Compression#overGrpc}: the same word means another format there.
     *
     * @param limit in bytes, of what the body holds
     * @param growth is asked for memory before it is used, in all for as many bytes as the result has and mostly more: what was granted
     *     is the caller's to give back, whether the body turns out well or not. For a large body it is asked on another thread
     */
    public Future<Bytes> decompress(Compression how, Bytes body, long limit, Growth growth) {
        if (how == Compression.NONE && body.sliceCount() <= 1) {
            return body.length() <= limit
                    ? Future.succeededFuture(body)
                    : Future.failedFuture(BodyException.tooLarge());
        }
        int most = (int)
                Math.min(Math.min(limit, Integer.MAX_VALUE - 8), Math.max(FREE, (long) MAX_RATIO * body.length()));
        Decoding decoding = idle.isEmpty() ? new Decoding() : idle.pop();
        decoding.begin(how, body, growth);
        int atOnce = Math.min(most, how.decodedAtOnce());
        if (body.length() <= atOnce / 4 || atOnce == most) {
            try {
                Bytes decoded = decoding.decode(atOnce);
                release(decoding);
                return Future.succeededFuture(decoded);
            } catch (BodyException e) {
                if (e.kind() != BodyException.Kind.TOO_LARGE || atOnce == most) {
                    release(decoding);
                    return Future.failedFuture(e);
                }
                // It holds more than a body of its size mostly does, so it starts again aside.
            }
        }
        return context.blocking(() -> decoding.decode(most)).onComplete(done -> release(decoding));
    }

    /** Frees native memory. Legal twice; a body under way still ends. */
    public void close() {
        closed = true;
        while (!idle.isEmpty()) {
            idle.pop().close();
        }
    }

    private void release(Decoding decoding) {
        decoding.end();
        if (closed) {
            decoding.close();
        } else {
            idle.push(decoding);
        }
    }

    /** Gives memory. */
    @FunctionalInterface
    public interface Growth {
        /** That many bytes more are about to be used; false if they may not be. */
        boolean grow(long bytes);
    }
}
