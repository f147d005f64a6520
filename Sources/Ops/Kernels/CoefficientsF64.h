// As CoefficientsF32.h, for double.

static const double exp_c_f64[] = {0x1.0000000000004p-1,  0x1.555555555555cp-3,  0x1.555555555255bp-5,
                                   0x1.111111110e8f9p-7,  0x1.6c16c17e580f2p-10, 0x1.a01a01b5312a1p-13,
                                   0x1.a019a8abfd506p-16, 0x1.71ddeb5650db6p-19, 0x1.28a0dc5980a6cp-22,
                                   0x1.af74c7e223131p-26};
static const double log_c_f64[] = {0x1.5555555555588p-1, 0x1.999999998270ep-2, 0x1.2492494014740p-2,
                                   0x1.c71c5351599a2p-3, 0x1.7466048c583e9p-3, 0x1.39a6e9bf5b89cp-3,
                                   0x1.2ed6d870a35e7p-3};
static const double sin_c_f64[] = {-0x1.555555555554bp-3, 0x1.111111110fb58p-7,   -0x1.a01a019c5b616p-13,
                                   0x1.71de35ad672e7p-19, -0x1.ae5e8a77356c6p-26, 0x1.5d9c3af6ae7a0p-33};
static const double cos_c_f64[] = {0x1.5555555555553p-5,   -0x1.6c16c16c15f7dp-10, 0x1.a01a019dedb52p-16,
                                   -0x1.27e4f8dad8b87p-22, 0x1.1eea6f300c1f2p-29,  -0x1.8fedf413d574cp-37};
static const double ln2_c_f64[] = {0x1.62e42fefa3p-1, 0x1.3de6af278ece6p-42};
static const double half_pi_c_f64[] = {0x1.921fb544p+0, 0x1.0b4611a4p-34, 0x1.13198a2cp-65, 0x1.01b839a25204ap-96};
static const double trigonometric_limit_f64 = 6.5e6;
static const double exp_above_f64 = 710, exp_below_f64 = -747, expm1_below_f64 = -40;
