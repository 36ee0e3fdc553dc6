/**
 * Equal terms to equal applicants: cohorts of like grants, what they differ in, and what everybody
 * may know of it. Check FA-08.
 */
@NullMarked
package dev.fairground.equal;

import org.jspecify.annotations.NullMarked;
