/** What exporters have in common. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters;
