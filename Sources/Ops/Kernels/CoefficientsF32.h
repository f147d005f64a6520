// Polynomials and constants for float, made by Remez exchange in 60 digits (relative error weighted);
// the remaining error is under 0.15 ulp of the function each is part of.

// (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2
static const float exp_c_f32[] = {0x1p-1f, 0x1.5554b2p-3f, 0x1.55548ap-5f, 0x1.122682p-7f, 0x1.6d96c6p-10f};
// (2·atanh s − 2s) / s³ in s² for |s| ≤ (√2 − 1) / (√2 + 1)
static const float log_c_f32[] = {0x1.55557ap-1f, 0x1.995f5cp-2f, 0x1.31d622p-2f};
// (sin r − r) / r³ and (cos r − 1 + r²/2) / r⁴ in r² for |r| ≤ π/4
static const float sin_c_f32[] = {-0x1.555546p-3f, 0x1.11079p-7f, -0x1.995b06p-13f};
static const float cos_c_f32[] = {0x1.55554cp-5f, -0x1.6c0ce2p-10f, 0x1.9a1748p-16f};
// ln 2 and π/2 in parts, all but the last with so few bits that n times a part is exact
static const float ln2_c_f32[] = {0x1.62e4p-1f, 0x1.7f7d1cp-20f};
static const float half_pi_c_f32[] = {0x1.92p+0f, 0x1.fb4p-12f, 0x1.444p-24f, 0x1.68c234p-39f};
// Beyond it n·half_pi[0] is no longer exact.
static const float trigonometric_limit_f32 = 6400;
// eˣ overflows above and is 0 below any of these; eˣ − 1 is −1 to the last bit below the third.
static const float exp_above_f32 = 89, exp_below_f32 = -105, expm1_below_f32 = -20;
