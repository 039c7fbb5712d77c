#pragma once

namespace base {

/// Hands pages that nothing lives in back to the operating system. Takes a few milliseconds, so it
/// is for once after a lot of work, not for after each bit of it. Any thread.
void give_back_free_memory();

}  // namespace base
