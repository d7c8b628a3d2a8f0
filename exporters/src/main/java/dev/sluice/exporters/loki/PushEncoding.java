package dev.sluice.exporters.loki;

/** How a push request is written. */
public enum PushEncoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String contentType;

    PushEncoding(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }
}
