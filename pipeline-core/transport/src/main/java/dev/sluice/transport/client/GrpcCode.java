package dev.sluice.transport.client;

/** The status codes of gRPC, in the order of their numbers (grpc.io, "Status codes and their use in gRPC"). */
public enum GrpcCode {
    OK,
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED;

    private static final GrpcCode[] CODES = values();

    /** As in the header {@code grpc-status}. */
    @SuppressWarnings("EnumOrdinal") // the constants are in the order of their numbers
    public int number() {
        return ordinal();
    }

    /** Of the header {@code grpc-status}; {@link #UNKNOWN} for what is no known number. */
    static GrpcCode of(String number) {
        try {
            int code = Integer.parseInt(number);
            return code >= 0 && code < CODES.length ? CODES[code] : UNKNOWN;
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** Of an HTTP answer that has no gRPC status (gRPC's "HTTP to gRPC Status Code Mapping"). */
    static GrpcCode ofHttp(int status) {
        return switch (status) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }
}
