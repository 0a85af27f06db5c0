/** What an earlier release has stored, in the hands of this one. */
package dev.rekey.upgrade;
