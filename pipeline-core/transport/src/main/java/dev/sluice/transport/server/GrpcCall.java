package dev.sluice.transport.server;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.client.GrpcCode;
import dev.sluice.transport.compression.BodyException;
import dev.sluice.transport.compression.Compression;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * One unary call. The message is copied into one array as its DATA frames come, whose size the five bytes before it say; it is handed on
 * when the client has said that it sends no more.
 */
final class GrpcCall implements StreamReceiver, Completable<Outcome> {
    private static final int PREFIX = 5;

    /** What of a message that is not wanted is let come before the stream is broken off. */
    private static final long CHEAP = 256 * 1024;

    private final GrpcServing serving;
    private final Http2ServerConnection connection;
    private final int stream;
    private final long started;
    private @Nullable UnaryMethod method;
    private @Nullable Origin origin;
    private @Nullable Intake intake;
    private Compression encoding = Compression.NONE;
    private boolean compressed;
    private long deadline;
    private int prefixLength;
    private long size;
    private long received;
    private boolean handedOn;
    private boolean answered;
    private boolean gone;

    GrpcCall(GrpcServing serving, Http2ServerConnection connection, int stream) {
        this.serving = serving;
        this.connection = connection;
        this.stream = stream;
        this.started = serving.now();
    }

    void begin(Http2Headers headers) {
        CharSequence path = headers.path();
        if (!GrpcHeaders.isPost(headers) || path == null) {
            refuseHttp(405);
            return;
        }
        if (!GrpcHeaders.isGrpc(headers)) {
            refuseHttp(415);
            return;
        }
        method = serving.method(path);
        if (method == null) {
            fail(serving.unknown(path.toString()));
            return;
        }
        CharSequence word = headers.get(GrpcHeaders.ENCODING);
        if (word != null) {
            Compression named = GrpcHeaders.encoding(word.toString());
            if (named == null) {
                fail(RpcStatus.of(
                        GrpcCode.UNIMPLEMENTED,
                        404,
                        "grpc: Decompressor is not installed for grpc-encoding \"" + word + "\""));
                return;
            }
            encoding = named;
        }
        CharSequence timeout = headers.get(GrpcHeaders.TIMEOUT);
        if (timeout != null) {
            deadline = GrpcHeaders.timeoutNanos(timeout);
            if (deadline < 0) {
                fail(RpcStatus.of(GrpcCode.INVALID_ARGUMENT, 400, "malformed grpc-timeout: " + timeout));
                return;
            }
        }
        origin = serving.origin(connection, headers);
    }

    @Override
    public void data(ByteBuf data) {
        received += data.readableBytes();
        if (answered) {
            return;
        }
        while (prefixLength < PREFIX && data.isReadable()) {
            int next = data.readUnsignedByte();
            if (prefixLength++ == 0) {
                compressed = next == 1;
                if (next > 1) {
                    malformed("received unexpected payload format " + next);
                    return;
                }
            } else {
                size = size << 8 | next;
            }
            if (prefixLength == PREFIX && !announced()) {
                return;
            }
        }
        Intake taking = intake;
        if (taking == null || !data.isReadable()) {
            return;
        }
        if (taking.length() + (long) data.readableBytes() > size) {
            malformed("more than one message in a unary call");
            return;
        }
        if (taking.take(data) != Intake.Verdict.TAKEN) {
            fail(RpcStatus.of(serving.noRoom()));
        }
    }

    @Override
    public void requestOver() {
        if (answered) {
            return;
        }
        Intake taking = intake;
        if (taking == null || taking.length() < size) {
            malformed(
                    taking == null ? "no message" : "message ends after " + taking.length() + " of " + size + " bytes");
            return;
        }
        handedOn = true;
        if (compressed) {
            decompress(taking);
        } else {
            handOn(taking.bytes());
        }
    }

    @Override
    public void streamOver() {
        gone = true;
        answered = true;
        if (!handedOn) {
            release();
        }
    }

    @Override
    public void writable() {}

    @Override
    public void sweep(long now) {
        if (answered) {
            if (!gone && (now - started > Limits.BODY || connection.leaving(now))) {
                // It was answered, and the client still sends.
                connection.reset(stream, Http2Error.CANCEL);
            }
        } else if (deadline > 0 && now - started >= deadline) {
            fail(RpcStatus.of(GrpcCode.DEADLINE_EXCEEDED, 503, "context deadline exceeded"));
        } else if (!handedOn && (Limits.tooSlow(now - started, received) || connection.leaving(now))) {
            fail(RpcStatus.of(GrpcCode.CANCELLED, 503, "the message comes too slowly"));
        }
    }

    @Override
    public long uploading() {
        Intake taking = intake;
        return taking == null || handedOn ? 0 : taking.held();
    }

    /** What became of the call; from whoever decides on it, at once or later. */
    @Override
    public void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
        release();
        if (answered) {
            return;
        }
        if (failure instanceof StatusException refusal) {
            fail(refusal.status());
            return;
        }
        if (failure != null || outcome == null) {
            serving.context().log().atError().setCause(failure).log("A call failed");
            fail(RpcStatus.internal());
            return;
        }
        switch (outcome) {
            case Outcome.Accepted accepted -> succeed(accepted);
            case Outcome.Refused refused -> fail(RpcStatus.of(refused));
        }
    }

    /** The five bytes have come: takes memory for what they announce. */
    private boolean announced() {
        if (size > serving.maxMessage()) {
            fail(RpcStatus.of(
                    GrpcCode.RESOURCE_EXHAUSTED,
                    413,
                    "grpc: received message larger than max (" + size + " vs. " + serving.maxMessage() + ")"));
            return false;
        }
        if (compressed && encoding == Compression.NONE) {
            malformed("compressed flag set with identity or empty encoding");
            return false;
        }
        Intake taking = new Intake(serving.admission(), serving.maxMessage());
        if (taking.expect(size) != Intake.Verdict.TAKEN) {
            fail(RpcStatus.of(serving.noRoom()));
            return false;
        }
        intake = taking;
        return true;
    }

    private void decompress(Intake taking) {
        Bytes message = taking.bytes();
        serving.decompressor()
                .decompress(encoding, message, serving.maxMessage(), taking::grow)
                .onComplete((decoded, failure) -> {
                    if (failure == null) {
                        taking.keep(decoded.length());
                        handOn(decoded);
                    } else if (failure instanceof BodyException bad) {
                        complete(refusal(bad), null);
                    } else {
                        complete(null, failure);
                    }
                });
    }

    private Outcome.Refused refusal(BodyException bad) {
        return switch (bad.kind()) {
            case MALFORMED ->
                Outcome.permanent(
                        Outcome.Reason.INVALID, "grpc: failed to decompress the received message: " + bad.getMessage());
            case TOO_LARGE ->
                Outcome.permanent(
                        Outcome.Reason.TOO_LARGE,
                        "grpc: received message after decompression larger than max " + serving.maxMessage());
            case NO_ROOM -> serving.noRoom();
        };
    }

    private void handOn(Bytes message) {
        UnaryMethod called = method;
        Origin from = origin;
        if (called == null || from == null) {
            throw new IllegalStateException("no call has begun");
        }
        Future<Outcome> outcome;
        try {
            outcome = called.call(message, from);
        } catch (RuntimeException bug) {
            complete(null, bug);
            return;
        }
        if (outcome.isComplete()) {
            complete(outcome.result(), outcome.cause());
        } else {
            outcome.onComplete(this);
        }
    }

    private void succeed(Outcome.Accepted accepted) {
        UnaryMethod called = method;
        answered = true;
        Bytes reply = called == null ? Bytes.EMPTY : called.reply(accepted);
        connection.writeHeaders(stream, GrpcHeaders.OK, false);
        connection.writeData(stream, GrpcHeaders.frame(reply), false);
        connection.writeHeaders(stream, GrpcHeaders.OK_TRAILERS, true);
    }

    private void malformed(String message) {
        fail(RpcStatus.of(GrpcCode.INVALID_ARGUMENT, 400, "grpc: " + message));
    }

    private void fail(RpcStatus status) {
        refuse(GrpcHeaders.failure(status));
    }

    /** No gRPC client asks so. */
    private void refuseHttp(int status) {
        refuse(GrpcHeaders.notGrpc(status));
    }

    private void refuse(Http2Headers trailersOnly) {
        answered = true;
        if (!handedOn) {
            release();
        }
        connection.writeHeaders(stream, trailersOnly, true);
        if (connection.remoteOpen(stream) && size - received > CHEAP) {
            connection.reset(stream, Http2Error.NO_ERROR);
        }
    }

    private void release() {
        if (intake != null) {
            intake.release();
            intake = null;
        }
    }
}
