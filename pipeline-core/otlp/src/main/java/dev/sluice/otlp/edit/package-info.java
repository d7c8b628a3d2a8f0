/**
 * Drops items of a request and changes those it keeps, in one pass: what stays as it is is copied in runs, never decoded. An editor
 * is made once and used for every request of its thread.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.otlp.edit;
