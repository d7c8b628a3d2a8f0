package dev.sluice.transport.client;

import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/** A request that is under way until it ends, once: with an answer, a failure or a deadline. */
abstract sealed class Exchange<R> permits GrpcCall, HttpExchange {
    /** HTTP/2 error code CANCEL (RFC 9113, 7); HTTP/1 closes the connection. */
    static final long CANCEL = 0x8;

    private final Promise<R> promise = Promise.promise();
    private @Nullable HttpClientRequest request;
    private @Nullable Timer deadline;
    private boolean done;

    final Future<R> future() {
        return promise.future();
    }

    final boolean done() {
        return done;
    }

    /** The timer that ends this exchange; cancelled with it. */
    final void deadline(Timer timer) {
        deadline = timer;
    }

    /** Takes the stream for the request; false if nobody wants it any more. */
    final boolean takes(HttpClientRequest stream) {
        if (done) {
            stream.reset(CANCEL);
            return false;
        }
        request = stream;
        stream.exceptionHandler(this::fail);
        stream.response().onComplete(this::answered, this::fail);
        return true;
    }

    /** Nothing came, or what came ended before its time. */
    abstract void fail(Throwable cause);

    abstract void answered(HttpClientResponse response);

    /** Whether such an end leaves something on the wire that the server need not go on with. */
    abstract boolean abandons(R reply);

    /** Ends the exchange unless it has ended. */
    final void finish(R reply) {
        if (done) {
            return;
        }
        done = true;
        if (deadline != null) {
            deadline.cancel();
        }
        if (request != null && abandons(reply)) {
            // Without effect on a stream that has ended.
            request.reset(CANCEL);
        }
        promise.complete(reply);
    }
}
