package dev.sluice.transport.client;

/** The status codes of gRPC, in the order of their numbers (grpc.io, "Status codes and their use in gRPC"). */
public enum GrpcCode {
    OK("OK"),
    CANCELLED("Canceled"),
    UNKNOWN("Unknown"),
    INVALID_ARGUMENT("InvalidArgument"),
    DEADLINE_EXCEEDED("DeadlineExceeded"),
    NOT_FOUND("NotFound"),
    ALREADY_EXISTS("AlreadyExists"),
    PERMISSION_DENIED("PermissionDenied"),
    RESOURCE_EXHAUSTED("ResourceExhausted"),
    FAILED_PRECONDITION("FailedPrecondition"),
    ABORTED("Aborted"),
    OUT_OF_RANGE("OutOfRange"),
    UNIMPLEMENTED("Unimplemented"),
    INTERNAL("Internal"),
    UNAVAILABLE("Unavailable"),
    DATA_LOSS("DataLoss"),
    UNAUTHENTICATED("Unauthenticated");

    private static final GrpcCode[] CODES = values();

    private final String word;

    GrpcCode(String word) {
        this.word = word;
    }

    /** As grpc-go prints it. */
    public String word() {
        return word;
    }

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
