/** What the kernels cost by themselves, on the requests that bench/compare sends. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
