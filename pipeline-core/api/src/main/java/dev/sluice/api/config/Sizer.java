package dev.sluice.api.config;

/** What a size counts. */
public enum Sizer {
    REQUESTS,
    ITEMS,
    BYTES
}
