/**
 * Reusable cursors over requests: {@code while (traces.next()) ... traces.span().name()}. A view makes no object while it moves;
 * Strings are made only by the methods that return them. What a view returns is valid until it moves on. Views are for one thread
 * at a time, read requests that {@link dev.sluice.otlp.OtlpValidator} has accepted, and throw
 * {@link dev.sluice.otlp.MalformedOtlpException} on others rather than read outside them.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.otlp.view;
